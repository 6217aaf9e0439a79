# Traps set in functions are global; return in a trap.
f() { trap 'echo from f' EXIT; echo in f; }; f; echo after f
g() { kill -USR1 $$; echo after kill; }; trap 'echo usr1 in g' USR1; g
