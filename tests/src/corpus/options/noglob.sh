# set -f switches globbing off.
touch a b; set -f; echo *; x='*'; echo $x; set +f; echo *; echo $x
sh -fc 'echo * [ab]'
