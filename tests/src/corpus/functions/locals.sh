# local variables and dynamic scope.
f() { local x=1 y; echo "[$x] [${y-unset}]"; x=2; g; echo $x; }; g() { echo "g sees $x"; x=3; }; x=0; f; echo $x
h() { local IFS=:; set -- $1; echo $#; }; h a:b:c; set -- a:b; echo $#
i() { local v="$1"; [ $v -gt 0 ] && i $((v-1)); printf %s "$v "; }; i 5; echo
j() { local z=$1; local z; echo "[$z]"; }; z=out; j in; echo $z
