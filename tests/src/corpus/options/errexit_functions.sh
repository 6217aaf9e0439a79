# set -e inside functions, subshells and substitutions.
set -e
f() { set +e; false; echo still; set -e; }; f
g() { (set +e; false; echo sub); }; g
h() { if false; then :; fi; return 0; }; h
x=$(set +e; false; echo subst); echo $x
i() { ! true; }; i || echo "i: $?"
eval 'false || true'; echo eval ok
for j in 1 2; do false || continue; done
case x in x) false || :;; esac
echo end; false; echo no
