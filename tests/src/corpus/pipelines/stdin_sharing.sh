# Commands in a pipe share what they read from.
printf '1\n2\n3\n4\n5\n' >f
{ read a; sed -n 1q; read b; echo "$a $b"; } <f
(head -n 1; echo next) <f
seq 5 | (read x; read y; echo "$x $y"; cat)
