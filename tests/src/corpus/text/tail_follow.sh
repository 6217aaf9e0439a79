# tail -f sees what is appended.
echo a >f; (sleep 0.3; echo b >>f; sleep 0.2; echo c >>f) & timeout 1.3 tail -n 1 -s 0.05 -f f >out; wait; cat out
