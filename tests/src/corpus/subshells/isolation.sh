# Nothing a subshell does reaches its parent.
x=1; (x=2; y=3; cd /; umask 077; set -f; echo "$x $PWD"); echo "$x [$y]"; [ "$PWD" != / ] && echo elsewhere
umask; case $- in *f*) echo f;; *) echo no f;; esac
f() { echo outer; }; (f() { echo inner; }; f); f
(exit 7); echo $?
(trap 'echo sub exit' EXIT; echo in sub); echo after
alias q='echo q'; (unalias q); alias q
