# A trap that sends another signal, and traps in loops.
trap 'echo one; kill -USR2 $$; echo one end' USR1; trap 'echo two' USR2; kill -USR1 $$; echo end
i=0; trap 'i=$((i+1))' USR1; while [ $i -lt 5 ]; do kill -USR1 $$; done; echo $i
trap 'echo break' USR1; for j in 1 2; do kill -USR1 $$; echo $j; done
