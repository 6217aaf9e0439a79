# A trapped signal ends wait with 128 + its number, and the child can be waited for again.
trap 'echo usr1' USR1
(until grep -q ') S' /proc/$$/stat; do :; done; kill -USR1 $$; sleep 0.2; exit 4) & p=$!
wait $p; echo $?; wait $p; echo $?
