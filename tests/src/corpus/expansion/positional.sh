# "$@", "$*", IFS joining, and shift.
set -- 'a b' c '' d
show() { echo "$#:"; for i; do echo "<$i>"; done; }
show "$@"; show "$*"; show $@; show $*
IFS=-; show "$*"; show $*; echo "$*"
IFS=; echo "$*"; show $*
unset IFS; echo "$*"
show x"$@"y
shift 2; show "$@"
set --; show "$@"; show "$*"; show "a$@b"
