# tee copies the stream; paste and comm join files.
seq 6 | tee odd even >/dev/null; sed -n 'p;n' odd | paste -sd, ; sed -n 'n;p' even | paste -s -d+
seq 3 | paste - - ; seq 4 | paste -d: - -
printf 'a\nb\nc\n' >x; printf 'b\nc\nd\n' >y; comm x y; comm -12 x y; comm -23 x y; comm -13 x y
seq 2 | tee -a odd | wc -l; wc -l <odd
