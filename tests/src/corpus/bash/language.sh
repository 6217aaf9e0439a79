# What bash adds to the shell.
cat >script <<'END'
a=(1 2 3); echo "${a[@]:1}" "${#a[@]}"
for ((i=0;i<3;i++)); do printf '%s ' $i; done; echo
diff <(seq 3) <(seq 2 4)
[[ abc =~ ^a(.)c ]] && echo "${BASH_REMATCH[1]}"
echo $((2**10)) {a..e} {1..10..3}
declare -A m=([x]=1 [y]=2); for k in "${!m[@]}"; do echo $k=${m[$k]}; done | sort
(sleep 0.1; echo bg) & wait; echo $?
s=hello; echo "${s^^}" "${s:1:3}" "${s/l/L}" "${s//l/L}"
trap 'echo bye' EXIT; cat <<<here; false | true; echo "${PIPESTATUS[@]}"
f() { local x=1; echo "$FUNCNAME $1 $x"; return 3; }; f arg; echo $?
read -r x y <<<"one two three"; echo "$y"; read -t 0.1 z < <(sleep 5); echo $?
printf -v v '%05d' 42; echo $v; mapfile -t lines < <(seq 3); echo "${lines[2]}"
set -o pipefail; false | true; echo $?
shopt -s extglob
case foobar in foo@(bar|baz)) echo ext;; esac
coproc cat; echo hi >&"${COPROC[1]}"; read -u "${COPROC[0]}" r; echo $r
select q in a b; do echo "got $q"; break; done <<<2
ulimit -n >/dev/null && echo ok; echo $'a\tb\x41'; let n=3*4; echo $n; echo "$BASH_SUBSHELL" $(echo $BASH_SUBSHELL)
exec 5>o; echo five >&5; cat o; sleep 5 & kill %1; wait %1; echo $?
END
bash script; echo $?; bash -c 'echo "$0" "$@"' a b c; bash --norc -c "exit 7"; echo $?; bash --posix -c "set -o | grep posix"; echo "echo from stdin" | bash; bash nothing 2>/dev/null; echo $?
