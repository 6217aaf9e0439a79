# tail -f sees what is appended.
echo a >f; : >out; tail -n 1 -s 0.05 -f f >out & seen() { until grep -q $1 out; do sleep 0.05; done; }
seen a; echo b >>f; seen b; echo c >>f; seen c; kill $!; wait; cat out
