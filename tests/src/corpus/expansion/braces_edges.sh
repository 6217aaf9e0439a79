# Unusual but legal forms.
set -- 1 2 3 4 5 6 7 8 9 ten eleven
echo $10 ${10} ${11} ${1}0
x=abc; echo "${x}def" "$x-def" "$x.def" "${x#a}${x%c}"
echo "${x:-$(echo sub)}" "${none:-$(echo sub)}" "${none:-`echo back`}"
echo "${none:-'single'}" ${none:-'single'} "${none:-\"q\"}" "${none:-}"
echo "${none:-a}b}" '${x}' "\${x}" \$x
