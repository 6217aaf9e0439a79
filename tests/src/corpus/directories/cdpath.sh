# CDPATH is searched, and the result printed.
top=$PWD; mkdir -p one/target two/target2; CDPATH=$top/one:$top/two; cd target | sed "s,$top,,"; cd target2 >/dev/null; echo ${PWD#$top}; cd "$top"; CDPATH=:$top/one; cd one; echo ${PWD#$top}
