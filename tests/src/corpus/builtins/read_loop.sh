# Reading files, last lines without newline, two files at once.
printf 'a\nb\nc' >f; while read l; do echo "<$l>"; done <f; while read l || [ -n "$l" ]; do echo "<$l>"; done <f
printf '1\n2\n' >g; while read a <&3 && read b <&4; do echo "$a$b"; done 3<f 4<g
n=0; while read -r l; do n=$((n+1)); done <<E
x
y
E
echo $n; while read k v; do eval "k_$k=\$v"; done <<E
name value one
other two
E
echo "$k_name/$k_other"
