# chmod in octal and symbols.
: >f; for m in 644 u+x g-r o=rw a-w ug=rwx +t u+s g+s 0 a=r,u+w 4755 u=g 1777 -x; do chmod -- $m f; echo "$m $(stat -c '%a %A' f)"; done
mkdir d; chmod g+s,+t d; stat -c %A d; chmod 755 d; stat -c %a d; chmod 00755 d; stat -c %a d; : >d/x; chmod -R u=rwX,go=rX d; stat -c %a d d/x; chmod --reference=d f; stat -c %a f; chmod 999 f 2>/dev/null; echo $?; chmod 644 nofile 2>/dev/null; echo $?; chmod -v 600 f; chmod -c 600 f
