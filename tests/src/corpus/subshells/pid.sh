# $$ stays; the parent's pid is seen by children only.
p=$$; (echo $(($$ - p))); sh -c "echo \$((PPID - $p))"; (sh -c 'test $PPID = '$p' || echo other parent'; :)
a=$(sh -c 'echo $$'); b=$(sh -c 'echo $$'); [ $a != $b ] && echo differ
