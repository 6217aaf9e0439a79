# setsid, prlimit, renice, chrt: what they set is what the kernel says.
setsid -w sh -c 'read -r p c s pp g sid rest </proc/self/stat; [ $sid -ne '$$' ] && echo another session'; setsid -w sh -c 'exit 5'; echo $?
prlimit --nofile=50:60 sh -c 'ulimit -n; ulimit -Hn'; prlimit --nofile=20 -o RESOURCE,SOFT --noheadings sh -c 'prlimit --nofile --pid $$ -o SOFT --noheadings'
prlimit --core=0 sh -c 'ulimit -c'; prlimit --nosuch 2>/dev/null; echo $?; prlimit --nofile=9:5 true 2>/dev/null; echo $?
sh -c 'renice -n 7 $$; nice' | sed 's/^[0-9]* //'; renice -n 3 999999 2>/dev/null; echo $?
setsid -w nosuch_javix 2>/dev/null; echo $?; taskset -p nosuch 2>/dev/null; echo $?
