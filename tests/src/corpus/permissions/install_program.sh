# install copies with modes.
echo x >f; install -m 750 f g; stat -c %a g; install -d -m 700 a/b; stat -c %a a/b; install -D f p/q/r; cat p/q/r; stat -c %a p/q/r; install -t a f g; ls a; install -v f h; install nofile x 2>/dev/null; echo $?; install -m u=rw,g=r f i; stat -c %a i
