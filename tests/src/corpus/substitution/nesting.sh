# Deeply nested substitutions.
echo $(echo $(echo $(echo $(echo $(echo deep)))))
x=$(echo "$(echo "$(echo "a  b")")"); echo "$x"
f() { if [ $1 -eq 0 ]; then echo bottom; else echo "$1 $(f $(($1-1)))"; fi; }; f 15
