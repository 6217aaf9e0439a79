# A stopped process makes no progress until continued.
exec 2>/dev/null
(i=0; while :; do i=$((i+1)); echo $i >n; sleep 0.02; done) & p=$!
sleep 0.1; kill -STOP $p; until grep -q ') T' /proc/$p/stat; do :; done; a=$(cat n); sleep 0.2; b=$(cat n); [ "$a" = "$b" ] && echo stopped
kill -CONT $p; until [ "$(cat n)" != "$b" ]; do sleep 0.05; done; echo continued; kill -9 $p; wait $p; echo $?
