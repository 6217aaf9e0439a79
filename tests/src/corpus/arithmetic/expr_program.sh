# The expr program.
expr 1 + 2; expr 7 / 2; expr 7 % 3; expr 3 \* 4; expr 1 - 5; expr \( 1 + 2 \) \* 3
expr 2 \< 10; expr a \< b; expr abc = abc; expr abc != abc; echo $?
expr length hello; expr substr hello 2 3; expr index hello l; expr match hello 'h\(.*\)o'; expr hello : '.*'
expr "" \| b; expr a \& b; expr 0 \| 0; echo $?; expr 1 / 0 2>/dev/null; echo $?; expr a + 1 2>/dev/null; echo $?
expr 99999999999999999999 + 1; expr 123456789012 \* 987654321098
expr + length; expr 5 : '[0-9]*$'; expr 2>/dev/null; echo $?
