# Options and arguments of the shell itself.
sh -c 'echo $0 $1 $2' name one two
sh -c 'echo $0'; sh -ec 'echo $-' | tr -d '\n' | grep -c e
printf 'echo "$0 $*"\n' >s; sh s a 'b c'; sh ./s x; sh -- s y
sh nofile_javix 2>/dev/null; echo $?
sh -c 2>/dev/null; echo $?; sh -Z 2>/dev/null; echo $?
echo 'echo "stdin $1"' | sh -s arg; sh -e -u -c 'echo two options'; sh +e -c 'false; echo plus'
