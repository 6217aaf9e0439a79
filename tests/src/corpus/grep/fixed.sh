# Fixed strings, from arguments and files.
printf 'a.b\naxb\na*b\n[x]\n' >f; grep -F a.b f; grep -F '*' f; grep -F -e '[x]' -e axb f; printf '.b\nx]\n' >p; grep -F -f p f; grep -f p f 2>/dev/null | wc -l; grep -Fx 'a.b' f; grep -Fi A.B f; grep -Fo . f; grep -F '' f | wc -l; grep -Fc 'a
x' f; grep -Fw b f; grep -F -v a f; printf '' >e; grep -f e f; echo $?; grep -vf e f | wc -l
