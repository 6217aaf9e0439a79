# Labels, b, t, T and loops.
echo 'a,b,c' | sed ':a;s/,/;/;ta'; echo 1234567 | sed -E ':a;s/^([0-9]+)([0-9]{3})/\1,\2/;ta'; seq 6 | sed -n '/3/b;p'; seq 3 | sed '/2/{s/2/two/;b};s/^/n/'; seq 3 | sed ':x;N;$!bx;s/\n/-/g'; echo abc | sed 's/x/y/;T;s/a/no/'; echo aab | sed ':l
s/a/x/
t l
s/b/done/'; printf 'a\\\nb\nc\n' | sed -e ':a' -e '/\\$/N' -e 's/\\\n//' -e 'ta'; echo aaa | sed 's/a/b/;t end;s/$/no/;:end'; seq 5 | sed -n '2{:a;n;p;ba}'; echo '((a))' | sed ':a;s/(\(.*\))/\1/;ta'
