# eval joins its arguments and parses them again.
x='echo "a   b"'; eval "$x"; eval $x
y=x; eval echo \$$y; eval "z=\$$y"; echo "$z"
eval 'f() { echo in f $1; }'; f 1
eval; echo $?; eval 'false'; echo $?; eval 'exit 5' & wait $!; echo $?
eval 'echo a; echo b' 'echo c' | tr '\n' ' '; echo
eval 'for i in 1 2; do' 'echo $i; done'
q="it's"; eval "r='$(echo "$q" | sed "s/'/'\\\\''/g")'"; echo "$r"
