# Newlines inside quotes are kept.
x='line 1
line 2

line 4'; echo "$x"; echo $x
echo "a
b" | wc -l
printf '%s\n' "first
  second"
