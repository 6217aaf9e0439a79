# A syntax error in eval has status 2.
(eval 'if'; echo unreachable) 2>/dev/null; echo $?
(eval 'echo "open') 2>/dev/null; echo $?
sh -c 'echo a; )' 2>/dev/null; echo $?
sh -c 'for x in; do' 2>/dev/null; echo $?
