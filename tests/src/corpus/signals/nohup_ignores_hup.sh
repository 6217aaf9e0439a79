# nohup makes a program survive HUP.
nohup sh -c 'kill -HUP $$; echo survived' </dev/null 2>/dev/null
nohup nosuchcommand_javix >/dev/null 2>&1; echo $?
