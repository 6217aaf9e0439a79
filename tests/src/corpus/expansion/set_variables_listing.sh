# set prints variables quoted so that the shell can read them again.
a_one='it'\''s'; a_two='$HOME "x"'; a_three=
set | grep '^a_'
export a_one; export -p | grep a_one
