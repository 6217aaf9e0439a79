# Aliases are replaced when a line is read.
alias say='echo said'
say hello
alias two='say one; say'
two x
unalias say; say gone 2>/dev/null; echo $?
alias | wc -l; alias two
\two 2>/dev/null; echo $?
