# A watchdog in the shell.
work() { exec sleep 50; }
(sleep 0.2; kill $$ 2>/dev/null) & trap 'echo timed out; kill $w; wait $w 2>/dev/null; exit 4' TERM
work & w=$!; wait $w; echo no
