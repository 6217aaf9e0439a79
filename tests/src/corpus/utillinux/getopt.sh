# getopt: short and long options, order, quoting, errors.
getopt -o ab:c:: -l all,name:,colour:: -n prog -- -a -b x --name 'a b' -cred file --colour=blue --all; echo $?
getopt -o ab: -- -ab 'it'\''s' -- -a; getopt abc: -a -c d e; getopt -T; echo $?
getopt -o a -n prog -- -z 2>/dev/null; echo $?; getopt -o a: -n prog -- -a 2>/dev/null; echo $?; getopt -l name: -o '' -n prog -- --nam x
getopt -o +ab -- -a x -b; getopt -s csh -o a: -- -a 'x!y'; getopt -u -o a: -- -a 'x y'; getopt -q -o a -- -z; echo $?
set -- $(getopt -o n:v -- -v -n 3 rest); while [ "$1" != -- ]; do echo "[$1]"; shift; done
