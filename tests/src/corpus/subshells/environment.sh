# A subshell sees unexported variables, functions, options and positional parameters.
v=secret; f() { echo "f $v $1"; }; set -- p q
(f x; echo "$@"; shift; echo "$1"); echo "$1"
sh -c 'echo "[$v]"'; (sh -c 'echo "[$v]"')
(export v; sh -c 'echo "[$v]"'); sh -c 'echo "[$v]"'
(readonly v; (v=1) 2>/dev/null; echo $?); v=changed; echo $v
