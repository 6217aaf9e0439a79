# Subshells do not inherit traps, and may set their own.
trap 'echo parent' EXIT
(echo in sub); (trap 'echo sub' EXIT; echo in sub 2); x=$(echo subst); echo $x
(exit 3); echo $?
