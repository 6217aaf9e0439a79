# Where cd fails.
cd nodir 2>/dev/null; echo $?; : >f; cd f 2>/dev/null; echo $?; cd '' ; echo $?; cd a b 2>/dev/null; echo $?; (unset HOME; cd) 2>/dev/null; echo $?; (unset OLDPWD; cd -) >/dev/null 2>&1; echo $?; cd nodir; cd f
