# Expansion makes thousands of words.
set -- $(seq 1 3000); echo $# $1 ${3000}
s=0; for i in $(seq 1 500); do s=$((s+i)); done; echo $s
x=$(seq 1 20000); echo ${#x}
set -- $x; echo $#
