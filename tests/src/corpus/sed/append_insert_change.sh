# a, i, c, r, w, R, W and =.
seq 3 >f; sed '2a\
after' f; sed '2i\
before' f; sed '2c\
changed' f; sed '2a one line' f; sed 'a\  keep blanks' f | head -n 2; sed '$!d;=' f; echo inserted >r; sed '1r r' f; sed -n '2w w' f; cat w; sed '2,3c\
both' f; sed '$a\
end\
of file' f; sed '/2/{i\
x
a\
y
}' f; sed '1r nofile' f; sed 'R r' f; sed -n '1,2W w' f; cat w; sed '0~2a --' f; sed '1i\\tx' f | head -n 1; sed 2r/dev/stdin f <<E
from stdin
E
