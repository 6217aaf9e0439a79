# Two descriptors of one description share the offset; two opens do not.
exec 3>f; echo a >&3; (echo b >&3); sh -c 'echo c >&3'; exec 3>&-; cat f
exec 3>f 4>f; echo first >&3; echo xx >&4; exec 3>&- 4>&-; cat f
exec 3>>g 4>>g; echo 1 >&3; echo 2 >&4; echo 3 >&3; exec 3>&- 4>&-; cat g
printf '1\n2\n3\n4\n' >h; { read x; (read y; echo $y); read z; echo $x $z; } <h
