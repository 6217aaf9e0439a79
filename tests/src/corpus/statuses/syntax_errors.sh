# Syntax errors end the shell with status 2.
for s in 'if' 'fi' 'a | | b' '(' ')' 'case x' '{ echo' 'for 1 in; do :; done' 'echo "x' 'x() ' ';;' 'while; do :; done' '&& x' 'echo `x' 'echo ${x' 'cat <<' '<'; do sh -c "$s" >/dev/null 2>&1; echo "$s: $?"; done
