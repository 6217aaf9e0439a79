# mkdir as a lock between processes.
echo 0 >count
inc() { i=0; while [ $i -lt 10 ]; do if mkdir lock 2>/dev/null; then n=$(cat count); echo $((n+1)) >count; rmdir lock; i=$((i+1)); else sleep 0.01; fi; done; }
inc & inc & inc & wait; cat count
