# ulimit reports and lowers limits.
ulimit -n 64; ulimit -n; (ulimit -n 10; sh -c 'exec 3</dev/null 4</dev/null 5</dev/null; echo ok'); ulimit -S -n 32; ulimit -Sn; sh -c 'ulimit -n'; ulimit -c 0; ulimit -c
