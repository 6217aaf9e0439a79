# KILL works on a stopped process, TERM waits for CONT.
sleep 50 & kill -STOP $!; kill -KILL $!; wait $!; echo $?
sleep 50 & kill -STOP $!; kill -TERM $!; kill -CONT $!; wait $!; echo $?
