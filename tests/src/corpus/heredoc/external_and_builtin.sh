# A here-document feeds builtins, functions, groups and programs alike.
sort <<END
b
a
END
read x y <<END
one two three
END
echo "$y,$x"
{ cat; echo end; } <<END
group
END
( read l; echo "sub $l" ) <<END
subshell
END
while read l; do echo "w $l"; done <<END
loop
END
case x in x) cat;; esac <<END
case
END
