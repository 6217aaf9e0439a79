# Pipelines of programs, builtins, groups and functions.
echo b a c | tr ' ' '\n' | sort | tr '\n' ' '; echo
{ echo 3; echo 1; echo 2; } | sort -n | head -n 2
f() { while read x; do echo "f:$x"; done; }; printf '1\n2\n' | f | sed s/f/g/
(echo sub; echo shell) | cat -n
echo x | { read y; echo "$y$y"; }
seq 5 | while read n; do echo $((n*n)); done | tail -n 1
