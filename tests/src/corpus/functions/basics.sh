# Arguments, status, and where functions are found.
f() { echo "$# $1"; return 5; }; f a b; echo $?
f() echo one line; f 2>/dev/null || f() { echo redefined; }; f
g() (x=sub; echo $x; exit 6); g; echo "$? [$x]"
h() if [ "$1" ]; then echo yes; else echo no; fi; h a; h ''
i() { :; }; i; echo $?; j() { return; }; false; j; echo $?
k() { return $1; }; k 300; echo $?; k 0; echo $?
echo() { printf 'mine:%s\n' "$*"; }; echo over; command echo builtin; unset -f echo; echo plain
