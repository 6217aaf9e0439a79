# cd, pwd, OLDPWD and cd -.
top=$PWD; mkdir -p a/b/c; cd a/b; echo ${PWD#$top}; cd ..; echo ${PWD#$top}; cd - >$top/out; sed "s,$top,," $top/out; echo ${OLDPWD#$top}; cd ./c/../../b/./c; echo ${PWD#$top}; cd; echo $PWD; cd "$top"; [ "$(pwd)" = "$PWD" ] && echo same; (cd a; pwd | sed "s,$top,,"); cd a//b; echo ${PWD#$top}; cd /; pwd; cd //; cd /usr/../usr/./bin; pwd
