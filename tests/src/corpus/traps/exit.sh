# The EXIT trap runs once, whatever the way out.
sh -c 'trap "echo bye" EXIT; echo hi'
sh -c 'trap "echo bye" EXIT; exit 3'; echo $?
sh -c 'trap "echo bye; exit 5" EXIT; exit 3'; echo $?
sh -c 'trap "echo bye \$?" EXIT; (exit 4)'; echo $?
sh -c 'trap "echo bye" 0; false'; echo $?
sh -c 'trap "echo bye" EXIT; trap - EXIT; echo hi'
sh -c 'trap "echo bye" EXIT; set -e; false; echo no'; echo $?
sh -c 'trap "echo bye" EXIT; exec true'; echo $?
trap 'echo outer bye' EXIT
