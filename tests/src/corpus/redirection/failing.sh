# A redirection that fails: special builtins end the shell, others do not.
echo x </nonexistent 2>/dev/null; echo $?
cat </nonexistent 2>/dev/null; echo $?
(: </nonexistent; echo unreachable) 2>/dev/null; echo $?
{ echo x; } </nonexistent 2>/dev/null; echo $?
echo x >/nonexistent/dir/file 2>/dev/null; echo $?
mkdir d; (echo x >d) 2>/dev/null; echo $?
echo x 2>/dev/null >&9; echo $?
