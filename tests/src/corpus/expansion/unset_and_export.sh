# export, unset and environment of children.
A=1; export A; B=2
sh -c 'echo "$A-$B"'
B=3 sh -c 'echo "$A-$B"'
export B=4 C; sh -c 'echo "$A-$B-${C-unset}"'
C=5; sh -c 'echo "$C"'
unset A; sh -c 'echo "${A-gone}"'
f() { echo function; }; unset -f f; f 2>/dev/null; echo $?
env -i X=1 sh -c 'echo "$X${A-}"'
