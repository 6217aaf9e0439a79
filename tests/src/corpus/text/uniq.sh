# uniq in all its modes.
printf 'a\na\nb\nc\nc\nc\na\n' >f; uniq f; uniq -c f; uniq -d f; uniq -u f; uniq -D f; printf 'A\na\nB\n' | uniq -i; printf '1 x\n2 x\n3 y\n' | uniq -f1; printf 'ax\nbx\ncy\n' | uniq -s1; printf 'abc\nabd\n' | uniq -w2; uniq --group f; uniq f out; wc -l <out; uniq --all-repeated=separate f
