# dash's echo interprets backslashes.
echo 'a\tb\\c'; echo -n no newline; echo; echo 'x\cy'; echo; echo -e x; echo -- y; echo '\0101\07' | od -An -c; echo; echo "" ''; echo -n; echo -nn
/bin/echo 'a\tb'; /bin/echo -e 'a\tb\x41\0101'; /bin/echo -n x; /bin/echo -E 'a\n'; /bin/echo --; /bin/echo -en 'q\n'
