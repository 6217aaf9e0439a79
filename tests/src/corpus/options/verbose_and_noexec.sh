# set -v prints lines as read, -n reads without running.
sh -vc 'echo a' 2>&1
printf 'set -v\necho one\necho two\n' >s; sh s 2>&1
sh -nc 'echo no; if'; echo $?
sh -nc 'echo no'; echo $?
printf 'echo no\n' | sh -n; echo $?
