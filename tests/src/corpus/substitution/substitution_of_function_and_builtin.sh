# Functions and builtins in substitutions.
f() { echo "$1"; return 3; }; x=$(f arg); echo "$x $?"
x=$(set -- 1 2; echo $#); echo $x; x=$(read a b <<E
1 2
E
echo $b); echo $x
x=$(type cd); echo "$x"; x=$(umask 022; umask -S); echo $x
x=$(pwd); [ "$x" = "$PWD" ] && echo same; x=$(cd / && pwd); echo $x
