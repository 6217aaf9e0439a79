# y, l, z, =, F, e and the -l, -s and --posix options.
echo hello | sed 'y/elo/ELO/'; echo 'a/b' | sed 'y,/,|,'; printf 'a\tb\\\001\300\n' | sed -n l; printf '%080d\n' 5 | sed -n l; printf '%040d\n' 5 | sed -n 'l 20'; seq 3 | sed =; seq 2 | sed 'z;s/^$/empty/'; echo x >f; sed -n F f; echo x | sed 'e echo before'; sed -n '$=' /dev/null; sed --posix 's/a/b/' f; echo 'y\n' | sed 'y/\\n/\/N/'; sed -l 10 -n l f; echo abc | sed 'y/abc/\n\t\\/' | od -An -c; sed --debug -n p f | head -n 2; echo 'a
b' | sed -u 1q; sed -n '/x/{=;p}' f; sed v f
