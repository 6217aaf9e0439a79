# The dot command runs a file in this shell.
printf 'v=set; f() { echo f $v; }; set -- x\n' >lib; . ./lib; f; echo $v
printf 'exit 5\n' >ex; (. ./ex; echo no); echo $?
mkdir p; printf 'echo found in PATH\n' >p/lib2; PATH=$PATH:./p; . lib2
(. ./nofile; echo no) 2>/dev/null; echo $?
printf 'false\n' >fl; . ./fl; echo $?; : >em; false; . ./em; echo $?
