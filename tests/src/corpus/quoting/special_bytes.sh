# Control and high bytes pass through the shell.
x=$(printf 'a\001\002\177\200\201\210\377b'); printf '%s' "$x" | od -An -tx1
printf '%s\n' "$x" | wc -c
case $x in a*b) echo matched;; esac
for i in $(printf 'x\200 y\201'); do printf '%s' "$i" | od -An -tx1; done
printf 'n\0ul' | od -An -c
y=$(printf '\210\211'); echo "${#y}"
