# Parameters inside expressions.
x=3; set -- 4 5; echo $((x*$1+$2)) $(($#)) $((${x}2)) $(($(echo 6)*7)) $((x$1))
e='1+2'; echo $(($e*3)); (echo $((e))) 2>/dev/null; echo $?; y=x; (echo $((y))) 2>/dev/null; echo $?
