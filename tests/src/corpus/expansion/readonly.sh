# readonly variables refuse a new value, and end the shell.
readonly R=1; echo $R
(R=2; echo unreachable) 2>&1; echo "status $?"
(unset R; echo unreachable) 2>&1; echo "status $?"
readonly S; (S=1) 2>/dev/null; echo $?
readonly -p | grep -E ' (R|S)'
