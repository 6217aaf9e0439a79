# The shell waits for all members of a pipeline.
(sleep 0.2; echo late >f) | true; cat f
{ sleep 0.2; echo slow; } | { read x; echo "got $x"; }
(exit 2) | sleep 0.1; echo $?
