# exec replaces only the subshell.
(exec echo replaced; echo never); echo still here
(exec sh -c 'exit 9'); echo $?
(exec 3>f; echo x >&3); cat f; (echo y >&3) 2>/dev/null; echo $?
(exec nosuchcommand_javix) 2>/dev/null; echo $?
(exec /) 2>/dev/null; echo $?
