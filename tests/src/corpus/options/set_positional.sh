# set replaces positional parameters.
set a b c; echo $# $1; set -- -x y; echo $1; set --; echo $#
set -- "$@" new; echo $1; set - p q; echo $1
set -- $(seq 20); shift 15; echo $*; shift 5; echo $#; (shift 1) 2>/dev/null; echo $?
