# Side effects stay inside the substitution, files do not.
x=1; y=$(x=2; echo $x >f; cd /; echo done); echo $x $y $(cat f)
z=$(exec 3>&1; echo via 3 >&3); echo "$z"
a=$(umask 0; umask); echo $a $(umask)
b=$(trap - EXIT; trap 'echo bye' EXIT; echo hi); echo $b
