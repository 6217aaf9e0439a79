# Backslashes with and without -r.
printf 'a\\tb\\\\c\n' | { read x; echo "$x"; }
printf 'a\\tb\\\\c\n' | { read -r x; echo "$x"; }
printf 'first \\\nsecond\n' | { read x; echo "[$x]"; }
printf 'first \\\nsecond\n' | { read -r x; echo "[$x]"; }
printf 'a\\ b c\n' | { read x y; echo "[$x][$y]"; }
