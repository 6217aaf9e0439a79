# ${x?message} ends a non-interactive shell with status 2.
(unset x; echo "${x?is not here}"; echo unreachable) 2>&1
echo "status $?"
(x=; : "${x:?is empty}"; echo unreachable) 2>&1
echo "status $?"
(x=; echo "ok ${x?not reached}")
(: "${y?}") 2>&1
echo "status $?"
