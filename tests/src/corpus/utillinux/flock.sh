# flock: a command, a descriptor, shared and exclusive, without waiting, and who keeps it.
flock f echo one; flock -n f sh -c 'flock -n f echo never; echo busy $?'
exec 8>g; flock 8; flock -n g echo never; echo $?; flock -E 7 -n g true; echo $?; flock -u 8; flock -n g echo free
(flock -s 9; flock -s -n f echo shared; flock -n f echo never; echo $?) 9>f
flock -w 0.1 f -c 'flock -w 0.1 f -c "echo never"; echo $?'; flock -n d/none true 2>/dev/null; echo $?
mkdir d; flock d echo directory; flock -x f false; echo $?
count() { i=0; while [ $i -lt 20 ]; do flock n sh -c 'echo $(($(cat c) + 1)) >c'; i=$((i + 1)); done; }
echo 0 >c; count & count & count & wait; cat c
