# A trap waits for the foreground program to end.
trap 'echo trapped' USR1; (sleep 0.1; kill -USR1 $$; : >sent) & sh -c 'until [ -f sent ]; do sleep 0.05; done'; echo after it; wait
trap 'echo cmd' USR2; sh -c 'kill -USR2 $PPID; echo child first'; echo parent
