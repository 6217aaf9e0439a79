# $! is the last command of a background pipeline or list.
sleep 0.1 | sleep 0.1 & p=$!; [ -n "$p" ] && wait $p; echo $?
(exit 1); false & true; wait $!; echo $?
{ sleep 0.1; exit 12; } & wait $!; echo $?
f() { sleep 0.05; return 11; }; f & wait $!; echo $?
for i in 1; do exit 13; done & wait $!; echo $?
