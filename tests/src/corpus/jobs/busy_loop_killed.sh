# A busy loop can be killed.
exec 2>/dev/null
(while :; do :; done) & sleep 0.2; kill $!; wait $!; echo $?
sh -c 'while :; do :; done' & sleep 0.2; kill -9 $!; wait $!; echo $?
