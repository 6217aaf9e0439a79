# Primes, gcd and Collatz by the shell's arithmetic.
n=2; while [ $n -lt 60 ]; do p=1; d=2; while [ $((d*d)) -le $n ]; do [ $((n%d)) -eq 0 ] && { p=0; break; }; d=$((d+1)); done; [ $p -eq 1 ] && printf '%d ' $n; n=$((n+1)); done; echo
gcd() { a=$1 b=$2; while [ $b -ne 0 ]; do t=$((a%b)); a=$b; b=$t; done; echo $a; }; gcd 1071 462; gcd 123456789 987654321
n=27; s=0; while [ $n -ne 1 ]; do n=$((n%2 ? 3*n+1 : n/2)); s=$((s+1)); done; echo $s
x=1; for i in $(seq 1000); do x=$(((x*1103515245+12345)%2147483648)); done; echo $x
