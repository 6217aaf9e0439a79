# Scripts run by their #! line.
printf '#!/bin/sh\necho "$0 $1"\nexit 4\n' >s; chmod +x s; ./s arg; echo $?; printf '#!/bin/sh -e\nfalse\necho no\n' >e; chmod +x e; ./e; echo $?
printf '#!/bin/cat\nline\n' >c; chmod +x c; ./c; printf '#!/no/such/interp\n' >b; chmod +x b; ./b 2>/dev/null; echo $?; printf 'echo without\necho "$1"\n' >n; chmod +x n; ./n arg; : >empty; chmod +x empty; ./empty; echo $?
printf '#! /usr/bin/env sh\necho env\n' >v; chmod +x v; ./v; mkdir bin; mv s bin; PATH=$PWD/bin:$PATH; s | sed 's,.*/bin,bin,'; printf '#!/usr/bin/sed -f\ns/a/b/\n' >sd; chmod +x sd; echo aaa | ./sd
