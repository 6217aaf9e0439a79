# wait returns the status of the child it names.
(exit 3) & wait $!; echo $?
(exit 4) & a=$!; (exit 5) & b=$!; wait $b; echo $?; wait $a; echo $?
true & wait; echo $?; false & wait; echo $?
(exit 6) & p=$!; wait $p; echo $?
wait 999999; echo $?
