# diff in its formats, of files and directories.
seq 12 >a; sed '3d;5s/.*/five/;9a nine and a half' a >b; for f in a b; do touch -d '2020-02-02 02:02:02' $f; done
diff a b; echo $?; diff -u a b; diff -c a b; diff -e a b; diff -n a b; diff -y -W 40 a b; diff -q a b; diff a a; echo $?; diff -s a a; diff -U 0 a b; diff --normal a b
diff -u --label old --label new a b; diff --brief a /dev/null; diff a - <b | head -n 2; printf 'x\n' >n; printf 'x' >m; diff n m; diff -u m n | tail -n +3
printf 'A  b\n\n\nC\n' >w; printf 'a b\nC\n' >v; diff -i -b -B w v; echo $?; diff -w w v; diff -I '^[A-Z]' w v; diff -D NEW a b | head -n 8
mkdir -p d e/sub; cp a d/same; cp a e/same; cp a d/changed; cp b e/changed; : >d/only; : >e/sub/x; diff -r d e; echo $?; diff -rq d e; diff -rN d e | tail -n 2; diff -x 'ch*' -r d e
printf 'bin\0a' >p; printf 'bin\0b' >q; diff p q; diff -a p q; diff none a 2>/dev/null; echo $?; diff --changed-group-format='%<' --unchanged-group-format='' a b; diff --suppress-common-lines -y -W 30 a b
seq 5000 | sed 's/7$/seven/' >big; seq 5000 >big2; diff big big2 | wc -l; diff -u big big2 | sed 1,2d | cksum; diff --speed-large-files big big2 | cksum
