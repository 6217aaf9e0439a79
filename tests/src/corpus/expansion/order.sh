# Assignments, redirections and words are expanded in a fixed order.
i=0
echo $((i=i+1)) $((i=i+1)) $((i=i+1)); echo $i
a=${b:=5}; echo $a $b
f() { echo "$x-$1"; }; x=1; x=2 f $x; echo $x
x=$((x+1)) y=$x; echo $x $y
