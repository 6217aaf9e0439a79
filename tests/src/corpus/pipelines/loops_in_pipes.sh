# Loops at each end of a pipe run in subshells.
n=0; seq 5 | while read x; do n=$((n+x)); done; echo $n
n=0; for i in 1 2 3; do n=$((n+i)); echo $n; done | tail -n 1; echo $n
n=0; seq 5 | { while read x; do n=$((n+x)); done; echo $n; }
while :; do echo tick; done | head -n 3
i=0; until [ $i -ge 3 ]; do i=$((i+1)); echo $i; done | (read a; read b; echo $a$b; cat)
