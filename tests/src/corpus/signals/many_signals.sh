# A storm of signals arrives at a trap without loss of the process.
trap 'n=$((n+1))' USR1; n=0
(i=0; while [ $i -lt 100 ]; do kill -USR1 $$; i=$((i+1)); done) & c=$!; while kill -0 $c 2>/dev/null; do wait $c; done
[ $n -ge 1 ] && [ $n -le 100 ] && echo handled
