# 126 for what cannot be run.
echo 'echo x' >f; chmod 644 f; ./f 2>/dev/null; echo $?; mkdir d; ./d 2>/dev/null; echo $?; /dev/null 2>/dev/null; echo $?; (exec ./f) 2>/dev/null; echo $?; PATH=. f 2>/dev/null; echo $?
