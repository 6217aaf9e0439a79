# -e, -f, comments, braces and semicolons.
printf 's/a/b/ # comment\n# another\n/x/ {\n  s/x/y/\n  p\n}\n' >s; printf 'aax\nq\n' >f; sed -f s f; sed -e s/a/1/ -e s/a/2/ f; printf '#n\n1p\n' >n; sed -f n f; sed '1{s/a/A/g;s/x/X/};2d' f; sed -n '/a/{p
}' f; sed -e 'a\' -e 'text' f; sed --expression=p --quiet f; sed -n -e 1p -- f; printf '1d' | sed -f - f; sed '' f; sed -e '' -n f; sed ';;p;;' f; sed '1 , 2 { p ; d }' f; sed -f s -e s/b/B/ f; cat >prog.sed <<'E'
#!/usr/bin/sed -nf
1 {
p
}
E
chmod +x prog.sed; ./prog.sed f
