# $? survives a trap action.
trap 'false' USR1; (exit 6); kill -USR1 $$; echo $?
trap 'echo "in trap $?"' USR1; (exit 6) || kill -USR1 $$; echo $?
