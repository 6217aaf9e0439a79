# Quotes and braces in here-document text.
unset u; v="a'b"
cat <<END
${u:-"default"} ${u:-'single'} ${v#a} "${v}" ${u:-$(echo "in  ner")}
$(cat <<IN
nested $v
IN
)
END
