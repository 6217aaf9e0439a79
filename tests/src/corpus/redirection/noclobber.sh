# set -C protects files; >| overrides.
echo old >f; set -C
(echo new >f) 2>/dev/null; echo $?; cat f
echo new >|f; cat f
echo x >new && cat new
echo dev >/dev/null; echo $?
echo more >>f; cat f; set +C; echo last >f; cat f
