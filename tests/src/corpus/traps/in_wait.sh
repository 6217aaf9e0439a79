# A signal from a child interrupts wait.
trap 'echo signalled' USR1; (until grep -q ') S' /proc/$$/stat; do :; done; kill -USR1 $$; sleep 0.2) & wait; echo $?; wait; echo $?
trap 'exit 9' TERM; (sleep 0.1; kill $$; exit 0) & wait; echo no
