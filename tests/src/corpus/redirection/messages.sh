# The shell's words for failed redirections.
cat </nonexistent
echo x >/no/such/file
mkdir d; echo x >d
echo x >&8
: done
