# The usual devices.
echo x >/dev/null; cat /dev/null; wc -c </dev/null
head -c 10 /dev/zero | od -An -tx1
echo x >/dev/full; echo $?
head -c 5 /dev/zero | tr '\0' z; echo
cat /dev/null /dev/null | wc -c
[ -c /dev/null ] && [ -r /dev/null ] && [ -w /dev/null ] && echo char device
stat -c '%F %t:%T' /dev/null /dev/zero /dev/full
head -c 16 /dev/urandom | wc -c
