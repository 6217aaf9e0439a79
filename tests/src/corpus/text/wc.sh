# wc counts.
printf 'one two\nthree\n' >f; wc f; wc -l f; wc -w <f; wc -c f; wc -m <f; wc -L f; wc f f; wc -lw f; printf 'no newline' | wc -l; wc </dev/null; printf 'a b\tc\nd' | wc; wc nofile 2>/dev/null; echo $?; printf 'f\0' | wc --files0-from=-; seq 1000 | wc -lc
