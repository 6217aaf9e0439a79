# Subshells within subshells.
(((((echo five; exit 5); echo $?; exit 4); echo $?; exit 3); echo $?; exit 2); echo $?; exit 1); echo $?
n() { if [ $1 -gt 0 ]; then (n $(($1-1)); echo $1); fi; }; n 10 | paste -sd' '
(a=1; (a=2; (a=3; echo $a); echo $a); echo $a)
