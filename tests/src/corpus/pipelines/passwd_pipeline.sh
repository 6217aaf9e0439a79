# A pipeline over /etc/passwd with a group that reads part of it.
a=$(cat /etc/passwd | wc -l)
b=$(cat /etc/passwd | (read a; sed s/r/R/ | sort) | wc -l)
echo $((a - b))
cut -d: -f1 /etc/passwd | grep -c '^root$'
sed -n 's/^\(root\):[^:]*:\([0-9]*\):.*/\1 \2/p' /etc/passwd
while IFS=: read u p id rest; do [ "$u" = root ] && echo "root is $id"; done </etc/passwd
sort -t: -k3,3n /etc/passwd | head -n 1 | cut -d: -f1
grep '^root:' /etc/passwd | tr : '\n' | head -n 1
