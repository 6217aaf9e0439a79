# Megabytes through several stages.
seq 200000 | cat | cat | tail -n 1
seq 100000 | sort -r | sort -n | cksum
head -c 3000000 /dev/zero | tr '\0' 'a' | cksum
seq 50000 | tee a b | wc -l; cksum <a; cksum <b
