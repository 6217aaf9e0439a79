# Unknown processes and signals.
kill 999999 2>/dev/null; echo $?; kill -NOSUCH $$ 2>/dev/null; echo $?; kill -0 $$; echo $?
kill -s TERM 2>/dev/null; echo $?; kill abc 2>/dev/null; echo $?
kill -0 1 $$ 2>/dev/null; echo done
