# :, true, false and times.
: ignored args $(echo side >f); cat f; true x; echo $?; false x; echo $?; times | wc -l; times | grep -c '^[0-9]*m[0-9.]*s [0-9]*m[0-9.]*s$'
: ${x:=assigned}; echo $x; : >created; ls created; while :; do break; done
