# test on files of each type.
echo x >f; : >e; mkdir d; ln -s f l; ln -s nowhere b; mkfifo p; chmod 640 f
t() { if [ "$@" ]; then echo "yes $*"; else echo "no $*"; fi; }
for o in -e -f -d -s -h -L -p -r -w -x -b -c -S -g -u -k; do for x in f e d l b p nofile; do t $o $x; done; done
t -c /dev/null; touch -d '2001-01-01 00:00' old; t f -nt old; t old -ot f; t old -nt f; t f -ef l; t f -ef e; t -t 0; t -O f; t -G f
