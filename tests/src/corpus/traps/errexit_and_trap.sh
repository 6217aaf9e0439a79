# set -e leaves through the EXIT trap with the failing status.
sh -ec 'trap "echo status \$?" EXIT; (exit 8); echo no'; echo $?
sh -ec 'trap "echo status \$?" EXIT; f() { false; }; f; echo no'; echo $?
sh -uc 'trap "echo bye" EXIT; echo $nope' 2>/dev/null; echo $?
sh -c 'trap "echo bye" EXIT; . ./nofile' 2>/dev/null; echo $?
