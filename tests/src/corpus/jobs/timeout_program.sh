# timeout kills what takes too long.
timeout 0.2 sleep 50; echo $?; timeout 100 true; echo $?; timeout 100 sh -c 'exit 3'; echo $?
timeout -s KILL 0.2 sleep 50; echo $?; timeout --preserve-status 0.2 sleep 50; echo $?
timeout 100 nosuchcommand_javix 2>/dev/null; echo $?
timeout 0.3 sh -c 'while :; do :; done'; echo $?
timeout -k 0.2 2 sh -c "trap '' TERM; while :; do sleep 0.05; done"; echo $?
