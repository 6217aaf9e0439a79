# With SIGPIPE ignored a write fails with EPIPE.
(trap '' PIPE; while :; do echo x 2>/dev/null; s=$?; [ $s = 0 ] || break; sleep 0.05; done; echo $s >st) | true; cat st
(trap '' PIPE; seq 100000 2>err; echo $? >st) | head -n 1; cat st; cat err
