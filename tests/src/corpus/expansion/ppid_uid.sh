# Variables the shell sets by itself.
echo "$IFS" | od -An -c
echo "$OPTIND" "$PS4"
[ -n "$PPID" ] && echo ppid
echo "${PWD##*/}" | wc -l
LINENO_TEST=$LINENO; echo $LINENO_TEST
