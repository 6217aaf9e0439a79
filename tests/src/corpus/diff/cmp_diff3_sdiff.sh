# cmp, diff3 and sdiff.
printf 'one\ntwo\nthree\n' >base; sed 's/one/ONE/' base >mine; sed 's/three/THREE/' base >yours; sed 's/one/uno/' base >theirs
cmp base mine; echo $?; cmp base base; echo $?; cmp -s base mine; echo $?; cmp -l base mine; cmp -b base mine; cmp -n 3 base yours; echo $?; cmp -i 3 base mine; echo $?; printf 'one\n' | cmp - base; echo $?; cmp base nothing 2>/dev/null; echo $?
diff3 mine base yours; diff3 -m mine base yours; diff3 -m mine base theirs; echo $?; diff3 -e mine base yours; diff3 -A mine base theirs; diff3 -x mine base theirs; diff3 -m -L 1 -L 2 -L 3 mine base theirs
sdiff -w 30 mine base; echo $?; sdiff -s -w 30 mine base; sdiff -l -w 30 mine base
