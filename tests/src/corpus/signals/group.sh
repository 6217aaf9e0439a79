# Signal 0 and the process group of a subshell's children.
trap : TERM; sh -c 'sleep 50 & sleep 50 & trap "" TERM; kill 0; wait; echo both gone' 2>/dev/null &
p=$! s=143; while [ $s = 143 ]; do wait $p; s=$?; done; echo $s
