# Signal 0 and the process group of a subshell's children.
sh -c 'sleep 50 & sleep 50 & trap "" TERM; kill 0; wait; echo both gone' 2>/dev/null & 
trap '' TERM; wait $!; echo $?
