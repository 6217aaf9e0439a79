# while, until, for, with break and continue over several levels.
for i in 1 2 3; do for j in a b c; do [ $j = b ] && continue 2; [ $i = 3 ] && break 2; echo $i$j; done; done; echo $i$j
i=0; while :; do i=$((i+1)); [ $i -eq 3 ] && continue; [ $i -gt 5 ] && break; echo $i; done; until [ $i -eq 0 ]; do i=$((i-1)); done; echo $i
for x; do echo no; done; set -- p q; for x; do echo $x; done; for x in; do echo no; done; for x in "$@" r; do printf '%s ' $x; done; echo
while false; do :; done; echo $?; for i in 1; do false; done; echo $?; for i in 1; do break; done; echo $?; while true; do (exit 3); break; done; echo $?
for i in $(seq 3); do echo $i; done | while read a; do echo "<$a>"; done; for i in 1 2 3; do echo $i; done >f; cat f; break 2>/dev/null; echo end
