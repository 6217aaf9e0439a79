# 2>&1 >f and >f 2>&1 differ.
f() { echo out; echo err >&2; }
f 2>&1 >a | sed 's/^/p:/'; echo "a: $(cat a)"
f >b 2>&1 | sed 's/^/p:/'; echo "b: $(cat b)"
f 3>&1 1>&2 2>&3 3>&- 2>&1 | sort
