# An orphan lives on after its parent.
sh -c '(sleep 0.3; echo orphan done >f) & exit 0'; [ -f f ] || echo not yet
i=0; while [ ! -s f ] && [ $i -lt 50 ]; do sleep 0.05; i=$((i+1)); done; cat f
x=$(sh -c '(sleep 0.2; echo late) & echo early'); echo $x
