# <> opens for both without truncation.
printf 'abcdef\n' >f
exec 3<>f; printf 'XY' >&3; read r <&3; echo "$r"; exec 3>&-; cat f
echo new 1<>nf; cat nf
