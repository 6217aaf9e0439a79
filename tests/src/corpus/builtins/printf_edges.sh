# printf with missing arguments, bad numbers, and \c.
printf '%s-%d\n'; printf '%d\n' abc 2>/dev/null; echo $?; printf '%d\n' 12x 2>/dev/null; echo $?
printf 'a\cb\n'; printf '%b' 'x\cy' z; echo; printf '\060\x41\n'; printf '%b\n' '\060 \0101'; printf %s; printf '%5%|\n' 2>/dev/null; echo
printf '%s\n' -- -n; printf -- '-x\n'; printf 2>/dev/null; echo $?; printf '%q' x 2>/dev/null; echo $?
printf '%.0f %.0f %.0f\n' 0.5 1.5 2.5; printf '%g %g %g\n' 100000 1000000 0.00001; printf '%d %d\n' 9223372036854775807 -9223372036854775808
printf '%e %f\n' inf nan; printf '%x\n' -1; printf '%5.1f|%-8.3e|%+.2g\n' 3.14159 31415.9 0.000123
