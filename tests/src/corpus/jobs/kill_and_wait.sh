# A killed child gives 128 + the signal's number. (dash names the signal only where the child dies after wait began.)
exec 2>/dev/null
sleep 100 & kill $!; wait $!; echo $?
sleep 100 & kill -9 $!; wait $!; echo $?
sleep 100 & kill -HUP $!; wait $!; echo $?
sleep 100 & kill -s USR1 $!; wait $!; echo $?
sleep 100 & kill -0 $! && echo alive; kill $!; wait $!; kill -0 $!; echo $?
