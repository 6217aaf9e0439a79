# Assignments and case words are not split or globbed.
touch one two
x='*'; y=$x; echo "$y"
z=$(printf 'a  b'); echo "$z"
w=a' 'b; echo "$w"
case $x in \*) echo star;; esac
a=1 b=$a c=$b; echo $a$b$c
p=/x:~:/y:~/bin; HOME=/home/me; q=~:a:~/b; echo "$q"
