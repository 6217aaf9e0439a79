# Context before, after and around.
seq 20 >f; grep -A 2 '^5$' f; grep -B 2 '^5$' f; grep -C 1 '^5$' f; grep -A 1 -e '^3$' -e '^9$' f; grep -n -A1 '^7$' f; grep -A1 --no-group-separator -e '^3$' -e '^9$' f; grep -1 '^4$' f; grep -A 100 '^19$' f; grep -B1 -m1 1 f; grep -c -A2 5 f; grep -A1 --group-separator='##' -E '^(2|8)$' f
