# Two hundred children alive at once.
mkfifo gate; exec 4<>gate
i=0; pids=; while [ $i -lt 200 ]; do (read x <gate; exit $((i % 5))) & pids="$pids $!"; i=$((i+1)); done
kill -0 $pids && echo all alive
seq 200 | tr -d 0-9 >&4
s=0; n=0; for p in $pids; do wait $p; s=$((s+$?)); n=$((n+1)); done; echo $n $s
