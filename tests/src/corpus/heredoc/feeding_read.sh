# read takes here-documents line by line.
while IFS=: read -r name pw uid rest; do echo "$name/$uid/$rest"; done <<'END'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1::/:
short:x
END
{ read a; read b; cat; } <<END
1
2
3
4
END
echo "$a$b"
