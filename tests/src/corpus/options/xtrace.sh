# set -x traces expanded commands to standard error.
set -x
x=1; echo $x "a b" 'q'
for i in 1 2; do : $i; done
f() { echo in $1; }; f arg
y=$(echo sub)
[ $x -eq 1 ] && echo yes
case $x in 1) :;; esac
{ set +x; } 2>/dev/null
PS4='$i> '; set -x; i=7; echo a; set +x
