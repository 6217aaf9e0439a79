# A parent's TERM trap takes its children along.
sh -c 'sleep 50 & c=$!; trap "kill $c; wait $c; echo child \$?; exit 3" TERM; echo ready >r; wait' 2>/dev/null & p=$!
while [ ! -s r ]; do sleep 0.02; done; kill $p; wait $p; echo $?
