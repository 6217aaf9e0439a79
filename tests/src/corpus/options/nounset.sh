# set -u rejects unset variables, but not those with defaults.
sh -uc 'x=1; echo $x ${y-default} ${y:-d} ${y+plus}; echo $#; echo "$@"; echo $y; echo no' 2>&1; echo $?
sh -uc 'echo $1' 2>/dev/null; echo $?
sh -uc 'echo $((nope + 1))' 2>/dev/null; echo $?
sh -uc 'unset x; x=; echo "[$x]"; (echo $zz) 2>/dev/null; echo "after $?"'
