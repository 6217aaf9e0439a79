# Two hundred sleeping programs, killed and reaped.
i=0; pids=; while [ $i -lt 200 ]; do sleep 50 & pids="$pids $!"; i=$((i+1)); done
kill $pids; s=0; for p in $pids; do wait $p 2>/dev/null; s=$((s+$?)); done 2>/dev/null; echo $s
