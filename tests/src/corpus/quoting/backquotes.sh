# Old-style substitution has its own backslash rules.
echo `echo a b` "`echo "c   d"`"
echo `echo \`echo nested\``
echo `echo \\$HOME` "`echo '\$x'`" `echo '\\'`
x=`printf 'a\\nb'`; echo "$x"
