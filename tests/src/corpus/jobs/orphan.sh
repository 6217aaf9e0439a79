# An orphan lives on after its parent.
sh -c '(until [ -f go ]; do sleep 0.05; done; echo orphan done >f) & exit 0'; [ -f f ] || echo not yet; : >go
until [ -s f ]; do sleep 0.05; done; cat f
x=$(sh -c '(until [ -f said ]; do sleep 0.05; done; echo late) & echo early; : >said'); echo $x
