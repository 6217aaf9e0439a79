# /dev/fd and /dev/stdin name open descriptors.
echo hello | cat /dev/stdin
echo hello | cat /dev/fd/0
(echo out >/dev/stdout; echo err >/dev/stderr) 2>&1 | cat
exec 3<<END
three
END
cat /dev/fd/3; exec 3<&-
echo a | cat - /dev/null /dev/fd/0
echo x | sh -c 'read y </dev/stdin; echo "$y"'
sort /dev/fd/5 5<<END
z
y
END
