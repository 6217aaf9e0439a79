# umask in octal and symbols decides permissions.
umask; umask 027; umask; umask -S; : >a; mkdir b; stat -c '%a %n' a b; umask u=rwx,g=,o=; umask; : >c; stat -c %a c; umask 0; : >d; mkdir e; stat -c %a d e; umask g-w,o-rwx; umask; (umask 777; : >f); stat -c %a f; umask 9 2>/dev/null; echo $?
