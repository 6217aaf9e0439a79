# Empty here-documents and odd delimiters.
cat <<END
END
wc -c <<END
END
cat <<'a b'
delimiter with blank
a b
cat <<E"O"F
quoted $in part
EOF
cat <<-!
	bang
	!
