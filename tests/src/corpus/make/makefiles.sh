# make builds what is older than what it is made from, in parallel if it is told to.
cat >Makefile <<'END'
objects := $(patsubst %.c,%.o,$(sort $(wildcard *.c)))
all: program | out
	@echo 'all: $^ | $|'
program: $(objects)
	cat $^ >$@
%.o: %.c common.h
	sed 's/^/$*: /' $< >$@
out:
	mkdir $@
clean: ; rm -f $(objects) program
.PHONY: all clean
END
echo one >one.c; echo two >two.c; touch -d '2020-01-01' common.h one.c two.c
make -j2 -Otarget | sort; cat program; make; touch -d '2020-01-02' common.h one.o two.o; touch -d '2020-01-03' program two.c; make -n; make -q; echo $?; make -t; make clean; make -s program; make nothing; echo $?
cat >functions.mk <<'END'
list = c a b a
define twice
$(1)-$(1)
endef
$(info $(sort $(list)) $(words $(list)) $(firstword $(list)) $(foreach x,$(list),<$(x)>) $(call twice,z) $(if $(filter b,$(list)),has b))
$(info $(subst a,A,$(list)) $(dir a/b.c) $(notdir a/b.c) $(basename a/b.c) $(suffix a/b.c) $(addprefix p-,$(list)) $(join a b,1 2) $(strip  x  y ) $(origin list) $(flavor list))
$(info $(shell echo from the shell; exit 3) $(.SHELLSTATUS) $(value twice) $(or ,second) $(and a,b) $(abspath /a/../b) $(MAKE_VERSION))
$(foreach t,x y,$(eval $(t): ; @echo rule $(t)))
export FROM_MAKE = yes
all: x y ; @echo "$$FROM_MAKE $(MAKELEVEL) $@ $(origin CC) $(V)"; false
	@echo after
	-@echo never
ifeq ($(V),1)
.SILENT:
endif
END
make -f functions.mk V=1; echo $?; make -k -f functions.mk -i all V=2; echo $?; make -f functions.mk -p -n 2>/dev/null | grep -c '^list = '
mkdir sub; printf 'all: a b c d e f\na b c d e f:\n\t@echo start $@ >>log; sleep 0.0$(words $@)\n\t@echo end $@ >>log\n' >sub/Makefile
printf 'all: s1 s2\ns1 s2:\n\t+@$(MAKE) --no-print-directory -C sub\n\t@case "$(MAKEFLAGS)" in *jobserver*) echo jobserver;; esac\n' >recursive.mk; make -j2 -f recursive.mk 2>&1; sort sub/log | uniq -c; make -j3 -C sub; make -j2 -l 100 --output-sync=recurse -C sub
printf 'include made.mk\nall: ; @echo $(made)\nmade.mk: ; @echo "made = by rule" >$@\n' >include.mk; make -f include.mk; printf '.ONESHELL:\nSHELL = bash\n.SHELLFLAGS = -ec\nall:\n\tx=1\n\techo $$x $$BASH_VERSION | cut -c -3\n' >shell.mk; make -s -f shell.mk
printf 'a: b\nb: a\n\t@echo circle\n' >circle.mk; make -f circle.mk; printf 'all:\n  echo spaces\n' >bad.mk; make -f bad.mk; echo $?; printf 'x: ; @kill -TERM $$$$\n' >killed.mk; make -f killed.mk; echo $?; printf '.DELETE_ON_ERROR:\nhalf: ; @echo half >$@; exit 4\n' >half.mk; make -f half.mk; echo $?; test -e half; echo $?
printf 'vpath %%.x d\nall: f.x ; @echo $< $(@D) $(^F)\n%%.x: %%.y ; cp $< $@\n.INTERMEDIATE: g.x\ng.z: g.x ; cp $< $@\n' >vpath.mk; mkdir d; touch d/f.x g.y; make -f vpath.mk all g.z; ls; make --version | head -n 1; echo 'all: ; @echo from a pipe' | make -f -; make -f vpath.mk --debug=b g.z | tail -n 2; make -W g.y -n -f vpath.mk g.z
printf 'lib.a: lib.a(m.o)\nm.o: ; touch $@\n(%%): %% ; @echo member $%%\n' >archive.mk; make -f archive.mk -n; printf 'x:: ; @echo 1\nx:: ; @echo 2\n$(error stopped)\n' >error.mk; make -f error.mk; echo $?; MAKEFLAGS=-s make -f vpath.mk nothing 2>&1; echo $?; make -d -f vpath.mk g.z | grep -c Considering
