# Redirections on groups, loops and functions.
for i in 1 2 3; do echo $i; done >f; cat f
while read x; do echo "<$x>"; done <f
if true; then echo yes; echo no >&2; fi >g 2>&1; cat g
{ read a; read b; } <f; echo $a$b
f() { echo body; echo err >&2; } >fo 2>&1; f; f; cat fo
( echo sub ) >s; cat s
case x in x) echo in case;; esac >c; cat c
until read y; do :; done <f; echo $y
