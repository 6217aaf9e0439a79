# Division by zero and malformed expressions.
(echo $((1/0))) 2>/dev/null; echo $?; (echo $((1%0))) 2>/dev/null; echo $?
(echo $((1+))) 2>/dev/null; echo $?; (echo $((a b))) 2>/dev/null; echo $?
(echo $((08))) 2>/dev/null; echo $?; (x=abc; echo $((x+1))) 2>/dev/null; echo $?
(echo $((1/0))) 2>&1
