# break and return inside a subshell leave the outer loop alone.
for i in 1 2 3; do (break; echo no); echo "i $i"; done
for i in 1 2 3; do (exit 1) || continue; echo no; done; echo done
while :; do (exit 0) && break; done; echo left
