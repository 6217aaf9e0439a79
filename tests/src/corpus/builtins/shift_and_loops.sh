# Argument loops.
set -- -v -o out file1 file2; while [ $# -gt 0 ]; do case $1 in -v) v=1;; -o) shift; o=$1;; *) break;; esac; shift; done; echo "v=$v o=$o rest=$*"
for a in "$@"; do set -- "$@" "x$a"; shift; done; echo "$@"; i=1; for a; do echo "$i:$a"; i=$((i+1)); done
