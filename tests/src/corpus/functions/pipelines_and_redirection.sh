# Functions as filters, with redirections, in the background.
upper() { tr a-z A-Z; }; echo abc | upper; upper <<E
here
E
twice() { "$@"; "$@"; }; twice echo x; twice upper </dev/null
out() { echo out; echo err >&2; }; out 2>/dev/null; out >f 2>&1; cat f
map() { while read l; do $1 $l; done; }; sq() { echo $(($1*$1)); }; seq 4 | map sq
bg() { sleep 0.1; echo bg $1; }; bg 1 & wait; bg 2 >g & wait; cat g
