# Many files are sorted; an empty directory leaves the pattern.
mkdir e; echo e/*; cd e; echo *; echo ?; set -- *; echo $#
i=0; while [ $i -lt 200 ]; do : >f$i; i=$((i+1)); done; set -- *; echo $# $1 ${200}; echo f1?; echo f*99
