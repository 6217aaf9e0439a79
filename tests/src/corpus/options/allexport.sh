# set -a exports what is assigned.
set -a; A=1; read B <<E
two
E
set +a; C=3; sh -c 'echo "$A $B [${C-}]"'
