# Where # begins a comment.
echo a#b # comment
echo a #b
echo "#" '#' \# a\#b
x=#; echo "[$x]"
#echo no
echo ${x#} $# ;# end
: # last
