# Large files and long lines.
seq 50000 | sed -n '$p;25000p'; seq 50000 | sed 's/1/x/g' | cksum; head -c 100000 /dev/zero | tr '\0' a | sed 's/a/b/g' | cksum; seq 5000 | sed ':a;N;$!ba;s/\n/ /g' | wc -c; seq 20000 | sed -E 's/^(.)(.*)$/\2\1/' | cksum; seq 3000 | sed -n 'H;${g;s/\n//g;p}' | wc -c; yes 'the quick brown fox' | head -n 5000 | sed 's/quick/slow/;s/\(brown\) \(fox\)/\2 \1/' | uniq -c
