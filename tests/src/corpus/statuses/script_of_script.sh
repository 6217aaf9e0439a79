# A script as the interpreter of another, and bad executables.
d=$PWD; printf '#!/bin/sh\necho "interp: $#"; shift; echo "$@"\n' >i; chmod +x i; printf '#!%s/i\nbody\n' "$d" >s; chmod +x s; ./s a b; printf '\177ELFgarbage' >bad; chmod +x bad; ./bad 2>/dev/null; echo $?; printf '\0asm\1\0\0\0' >w; chmod +x w; ./w >/dev/null 2>&1; [ $? -ne 0 ] && echo failed
