# exit with and without values.
sh -c 'exit 0'; echo $?; sh -c 'exit 255'; echo $?; sh -c 'exit 256'; echo $?; sh -c 'exit 300'; echo $?; sh -c 'false; exit'; echo $?; sh -c 'exit x' 2>/dev/null; echo $?; sh -c 'exit -1' 2>/dev/null; echo $?; sh -c '(exit 9)'; echo $?; sh -c 'exit 3 | exit 4'; echo $?
