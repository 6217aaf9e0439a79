# A writer whose reader has gone dies of SIGPIPE.
yes | head -n 1
yes | head -n 3 | tail -n 1
seq 1000000 | head -n 2
(yes; echo "status $?" >st) | head -n 1; cat st
(trap '' PIPE; yes 2>err; echo "ignored $?" >st) | head -n 1; cat st; cat err
sh -c 'while :; do echo x; done' | head -n 2
