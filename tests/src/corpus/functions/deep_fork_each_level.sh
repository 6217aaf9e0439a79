# A fork at every level of a deep recursion.
d() { if [ $1 -gt 0 ]; then (exit $(($1 % 3))) ; s=$((s+$?)); d $(($1-1)); fi; }; s=0; d 120; echo $s
e() { if [ $1 -gt 0 ]; then x=$(e $(($1-1))); echo "$x."; else echo start; fi; }; e 40
