# The last command decides; ! inverts.
false | true; echo $?
true | false; echo $?
(exit 3) | (exit 4); echo $?
! true; echo $?; ! false; echo $?
! true | false; echo $?
! (exit 3) | (exit 0); echo $?
exit 5 | exit 6; echo $?
if ! grep -q x /dev/null; then echo none; fi
