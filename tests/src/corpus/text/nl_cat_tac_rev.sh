# Numbering and reversing lines.
printf 'a\n\nb\n' >f; cat -n f; cat -b f; nl f; nl -ba -w3 -s: f; nl -v10 -i5 -n rz -w4 f; printf 'a\tb\001\n\n\n\nc' | cat -A; echo; cat -s f f; cat -E f; cat -T f; tac f; printf 'x-y-z-' | tac -s-; echo; seq 3 | tac; cat f - f <f | wc -l; printf '\\:\\:\nbody\n' | nl
