# getopts with arguments, clusters and errors.
p() { OPTIND=1; while getopts ab:c o "$@"; do echo "$o [${OPTARG-}] $OPTIND"; done 2>/dev/null; shift $((OPTIND-1)); echo "rest: $*"; }
p -a -b x -c y z; p -ab x; p -abx -c; p -acb v w; p -- -a; p x -a; p -b; p -z -a; p - a; p
q() { OPTIND=1; while getopts :ab: o "$@"; do echo "$o [${OPTARG-}]"; done; }; q -x -a -b; q -bval -a
set -- -a -b arg file; while getopts ab: o; do case $o in a) echo A;; b) echo "B=$OPTARG";; esac; done; shift $((OPTIND-1)); echo $1
