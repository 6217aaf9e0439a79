# Output far beyond the pipe's buffer.
x=$(seq 50000); echo ${#x}; x=$(head -c 500000 /dev/zero | tr '\0' x); echo ${#x}
y=$(echo "$x" | wc -c); echo $y
