# A CHLD trap runs when children end.
trap 'echo chld' CHLD; sh -c 'exit 0'; trap - CHLD; true
n=0; trap 'n=$((n+1))' CHLD; (exit 0); (exit 1); /bin/true; trap - CHLD; [ $n -ge 1 ] && echo some
