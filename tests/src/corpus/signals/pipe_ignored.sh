# With SIGPIPE ignored a write fails with EPIPE.
(trap '' PIPE; sleep 0.1; echo x 2>/dev/null; echo $? >st) | true; sleep 0.3; cat st
(trap '' PIPE; seq 100000 2>err; echo $? >st) | head -n 1; cat st; cat err
