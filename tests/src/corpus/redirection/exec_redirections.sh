# exec without a command changes the shell's own descriptors.
exec 3>f 4>&1
echo to three >&3; echo to four >&4
exec >out; echo hidden; exec >&4 4>&-
cat f out
exec 3>&-; (echo x >&3) 2>/dev/null; echo $?
exec 5<f; read a <&5; echo "$a"; exec 5<&-
exec <f; read b; echo "$b"
