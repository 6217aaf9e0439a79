# Errors of test and [.
[ a = ] 2>/dev/null; echo $?; [ 1 -eq x ] 2>/dev/null; echo $?; [ a 2>/dev/null; echo $?; [ a b ] 2>/dev/null; echo $?; [ a b c ] 2>/dev/null; echo $?; test 1 -foo 2 2>/dev/null; echo $?; /usr/bin/test a = a; echo $?; /usr/bin/[ a = b ]; echo $?; /usr/bin/[ a 2>/dev/null; echo $?
