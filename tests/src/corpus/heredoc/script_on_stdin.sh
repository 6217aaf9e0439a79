# A shell reads its own script from standard input, and shares it with commands.
sh <<'END'
echo one
read x
this is data
echo "got: $x"
cat
rest of the
text
END
echo 'echo hi | tr a-z A-Z' | sh
printf 'exit 9\necho no\n' | sh; echo $?
echo 'echo "$1-$2-$#"' | sh -s a b
