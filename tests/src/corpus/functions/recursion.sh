# Factorial, Fibonacci, towers.
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1-1))))); fi; }; fact 10
fib() { if [ $1 -lt 2 ]; then r=$1; else local a; fib $(($1-1)); a=$r; fib $(($1-2)); r=$((a+r)); fi; }
fib2() { [ $1 -lt 2 ] && { echo $1; return; }; echo $(($(fib2 $(($1-1))) + $(fib2 $(($1-2))))); }; fib2 8
n=0; hanoi() { [ $1 -eq 0 ] && return; hanoi $(($1-1)) $2 $4 $3; n=$((n+1)); hanoi $(($1-1)) $4 $3 $2; }; hanoi 8 a b c; echo $n
