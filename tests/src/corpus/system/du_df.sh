# du's apparent sizes and df's exit status.
mkdir -p d/e; head -c 1000 /dev/zero >d/a; head -c 500 /dev/zero >d/e/b; du -b d/a d/e/b; du -ab d/a; du -b --max-depth=0 d/e/b | cut -f1; df . >/dev/null; echo $?; df nofile 2>/dev/null; echo $?; df --output=target / | tail -n 1; ln d/a d/c; du -b d/a d/c | cut -f2; du -s nofile 2>/dev/null; echo $?
