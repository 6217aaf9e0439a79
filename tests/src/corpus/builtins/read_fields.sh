# read splits into fields; the last takes the rest.
echo '  a  b  c d  ' | { read x y z; echo "[$x][$y][$z]"; }
echo 'a:b::c:' | { IFS=: read x y z; echo "[$x][$y][$z]"; }
echo 'one' | { read x y; echo "[$x][$y]"; }
echo '' | { read x; echo "[$x] $?"; }
printf 'no newline' | { read x; echo "[$x] $?"; }
read x </dev/null; echo "$? [$x]"
echo ' lead and trail ' | { IFS= read x; echo "[$x]"; }
echo 'a,b,c' | { IFS=, read x y; echo "[$x][$y]"; }; echo "$(echo 'p q' | while read a b; do echo $b $a; done)"
