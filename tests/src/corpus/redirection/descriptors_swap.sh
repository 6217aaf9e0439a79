# Swapping standard output and error.
f() { echo o; echo e >&2; }
{ f 3>&1 1>&2 2>&3 3>&-; } 2>err | sed 's/^/was err: /'; sed 's/^/was out: /' err
