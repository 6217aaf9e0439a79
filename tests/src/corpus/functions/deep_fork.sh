# Five hundred calls deep, then a fork at the bottom, then back up.
d() { if [ $1 -eq 0 ]; then (echo bottom); x=$(echo subst); echo $x | cat; else d $(($1-1)); r=$?; n=$((n+1)); return $r; fi; }
n=0; d 500; echo $n
