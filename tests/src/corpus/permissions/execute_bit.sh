# A script needs its execute bit.
printf '#!/bin/sh\necho run\n' >s; ./s 2>/dev/null; echo $?; chmod +x s; ./s; chmod -x s; sh s; chmod 111 s; chmod 755 s; ./s; [ -x s ] && echo x; chmod 644 s; [ -x s ] || echo not x
