# set -o and set +o show all options.
set -o | sed 's/[[:space:]][[:space:]]*/ /g' | head -n 5
set -ue; set +o | grep -E 'errexit|nounset|noglob'; set +ue
set -o noglob; echo *; set +o noglob
(set -o nosuchoption_javix; echo no) 2>/dev/null; echo $?
