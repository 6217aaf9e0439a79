# A here-document on another descriptor.
cat 3<<END <&3
through three
END
exec 4<<END
line 1
line 2
END
read a <&4; read b <&4; echo "$b $a"
read c <&4; echo $?
exec 4<&-
