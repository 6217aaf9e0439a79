# Only trailing newlines go.
x=$(printf 'a\n\nb\n\n\n'); echo "[$x]"
y=`printf '\n\nc\n'`; echo "[$y]"
echo "[$(printf '\n\n\n')]"
echo [$(printf ' a \n b \n')]
printf '[%s]\n' "$(printf 'x \n')"
