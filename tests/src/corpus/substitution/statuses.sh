# The status of a substitution becomes that of the assignment.
x=$(false); echo $?; x=$(exit 9); echo $?; x=$(true)$(exit 3); echo $?
x=$(exit 3)$(true); echo $?; x=1; echo $?
echo $(exit 4); echo $?; : $(exit 4); echo $?
if x=$(echo out; exit 1); then echo yes; else echo "no $x"; fi
f() { local y=$(exit 5); echo $?; local z; z=$(exit 6); echo $?; }; f
