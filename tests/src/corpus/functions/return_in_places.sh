# return leaves loops and the dot script.
f() { for i in 1 2 3; do [ $i = 2 ] && return 7; done; }; f; echo $? $i
f() { while read x; do [ $x = b ] && return 3; done; }; printf 'a\nb\nc\n' >l; f <l; echo $?
f() { seq 3 | while read x; do return 9; done; echo "pipe $?"; }; f
printf 'echo in dot\nreturn 4\necho no\n' >d; . ./d; echo $?
f() { { return 2; } ; }; f; echo $?; f() { eval 'return 6'; echo no; }; f; echo $?
