# A brace group runs in the shell itself.
{ x=group; cd /; }; echo $x $PWD; (x=sub; cd /tmp); echo $x $PWD
{ echo a; echo b; } | cat
{ false; }; echo $?; { exit 3; } & wait $!; echo $?
f() { { return 4; }; echo no; }; f; echo $?
f() { (return 4; echo no); echo "after $?"; }; f
