# sleep in fractions, and its errors.
sleep 0; sleep 0.01; sleep 0.01s 0.01; echo $?; sleep x 2>/dev/null; echo $?; sleep 2>/dev/null; echo $?; timeout 0.1 sleep 1; echo $?; timeout 0 true; echo $?; timeout x true 2>/dev/null; echo $?; timeout -s INT 0.1 sleep 1; echo $?; sleep 0.2 & sleep 0.1; kill -0 $! && echo running; wait; echo ended; sleep infinity & kill $!; wait $! 2>/dev/null; echo $?
