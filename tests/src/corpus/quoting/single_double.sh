# What each kind of quote keeps.
x=val
echo '$x `echo` \n "' "$x `echo sub` \" \$x \` \\" \$x\ \ y
echo 'it'"'"'s' "a'b" 'a"b' ""'' '' "" | od -c
echo "a\b" "a\
b" a\
b 'a\
b'
echo \a\b\c "\a" '\a'
