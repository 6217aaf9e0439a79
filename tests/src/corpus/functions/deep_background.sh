# A background child forked deep inside keeps its whole stack.
d() { if [ $1 -eq 0 ]; then { sleep 0.1; echo child; } & wait $!; echo parent; else d $(($1-1)); fi; [ $1 -eq 500 ] && echo "up"; return 0; }
d 500
f() { if [ $1 -eq 0 ]; then (exit 42); else f $(($1-1)); fi; }; f 300; echo $?
g() { if [ $1 -gt 0 ]; then g $(($1-1)); echo $1 >>out; else :; fi; }; (g 200); tail -n 1 out; wc -l <out
