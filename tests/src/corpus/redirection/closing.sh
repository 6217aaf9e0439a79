# Closed standard descriptors.
(echo gone >&-) 2>/dev/null; echo $?
cat <&- 2>/dev/null; echo $?
(exec 1>&-; echo x) 2>/dev/null; echo $?
ls nofile 2>&-; echo $?
sh -c 'echo from child >&3' 3>&1
sh -c 'echo from child >&3' 3>&- 2>/dev/null; echo $?
