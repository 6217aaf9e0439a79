# The shell reports a foreground program killed by a signal.
sh -c 'kill -9 $$'; echo $?
sh -c 'kill -TERM $$'; echo $?
sh -c 'kill -PIPE $$'; echo $?
sh -c 'kill -SEGV $$' 2>/dev/null; echo $?
(sh -c 'kill -USR2 $$'); echo $?
