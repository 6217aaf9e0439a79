# Traps for several signals.
trap 'echo INT' INT; trap 'echo HUP' HUP; trap 'echo USR1' USR1; trap 'echo USR2' 12
kill -INT $$; kill -HUP $$; kill -USR1 $$; kill -USR2 $$; kill -1 $$
trap - INT HUP USR1 USR2; trap
trap 'echo multi' INT HUP; kill -2 $$; kill -1 $$
