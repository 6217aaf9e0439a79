# KILL works on a stopped process, TERM waits for CONT.
exec 2>/dev/null
sleep 50 & kill -STOP $!; kill -KILL $!; wait $!; echo $?
sleep 50 & kill -STOP $!; kill -TERM $!; kill -CONT $!; wait $!; echo $?
