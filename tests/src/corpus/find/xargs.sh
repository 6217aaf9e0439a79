# xargs in all its modes.
seq 10 | xargs; seq 10 | xargs -n 3; seq 4 | xargs -I{} echo '<{}>' ; printf 'a b\nc\n' | xargs -L 1 echo; printf 'a\0b c\0' | xargs -0 -n 1 echo
printf '"a b" c\\ d '"'e f'"'\n' | xargs -n 1; echo x | xargs -t echo 2>&1; printf '' | xargs echo none; printf '' | xargs -r echo none; seq 5 | xargs -n 2 -x echo
seq 3 | xargs -P 3 -n 1 sh -c 'echo $1' sh | sort; echo a:b:c | xargs -d : -n 1 | sed -n 1,2p; printf '1\n2\nEND\n3\n' | xargs -E END
seq 3 | xargs -n 1 sh -c 'test $1 != 2' sh; echo $?; echo 255 | xargs sh -c 'exit 255' 2>/dev/null; echo $?; echo x | xargs nosuchprogram 2>/dev/null; echo $?; echo x | xargs sh -c 'kill -TERM $$' 2>/dev/null; echo $?
seq 20000 | xargs echo | wc -w; seq 100 | xargs -s 60 | wc -l; printf 'f1\nf2\n' >list; xargs -a list echo; printf 'a\nb\n' | xargs -I% -n1 echo %-% 2>/dev/null; touch 'with space' plain; find . -name '*p*' -print0 | sort -z | xargs -0 ls -1
