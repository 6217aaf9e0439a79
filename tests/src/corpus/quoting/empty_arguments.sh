# Empty strings stay arguments.
n() { echo $#; }
n '' "" ''; e=; n $e "$e" ''$e; n "$@"; n ''"$@"
set -- ''; n "$@"; n $@
n $e$e; n "$e"$e
printf '[%s]' '' a "" ; echo
