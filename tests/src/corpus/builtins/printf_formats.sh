# The printf builtin and the printf program agree.
for p in printf /usr/bin/printf; do
$p '%s|%5s|%-5s|%.2s|%c\n' abc abc abc abc abc
$p '%d|%5d|%-5d|%05d|%+d|% d|%i\n' 42 42 42 42 42 42 -42
$p '%o|%x|%X|%#o|%#x|%u\n' 8 255 255 8 255 7
$p '%e|%f|%g|%.3f|%10.2f|%G|%E\n' 1234.5 1.5 0.0001 3.14159 2.5 1e10 1
$p '%%|%b|\t|\101|\\\n' 'a\tb\n'
$p '%s %s\n' a b c; $p '[%s]' a b c; $p '\n'; $p '%d\n' 0x1f 010 "'A"; $p '%*d|%-*d|%.*f\n' 5 42 5 42 2 3.14159
done
