# File names with special characters.
touch 'a*b' 'a?b' 'a[b' 'a]b' 'a\b' 'a b' "a'b" 'a"b' ./-x '~t' 'a$b' 'a#b'
for f in a*; do echo "<$f>"; done; echo a\**; echo a[*]b; echo a[?]b; echo 'a['*; echo a\\*; echo ./-*; echo a[]]b a[[]b
n=$(printf 'new\nline'); touch "$n"; for f in new*; do echo "[$f]"; done; ls | wc -l
