# $?, $#, $-, $!, $0 in their places.
false; echo $?; true; echo $?
(exit 42); echo $? $?
set -- a b; echo $# "$#"
f() { return 3; }; f; echo "$?"
case $- in *e*) echo e;; *) echo no e;; esac
set -e; case $- in *e*) echo e;; *) echo no e;; esac; set +e
[ "$!" = "" ] && echo 'no background job yet'
true & [ "$!" -gt 0 ] && echo 'a background job'; wait
[ $$ -gt 0 ] && echo pid; [ "$$" = "$(echo $$)" ] && echo 'same pid in substitution'
