# SIGPIPE walks back through a long chain.
yes | cat | tr y n | sed s/n/m/ | cat | head -n 2
yes | tee copy | head -n 1 | cat; [ -s copy ] && echo copied
cat /dev/zero | head -c 100000 | wc -c
