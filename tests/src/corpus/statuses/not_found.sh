# 127 for what is not there.
nosuchcommand_javix 2>/dev/null; echo $?; ./nofile 2>/dev/null; echo $?; /no/such/dir/cmd 2>/dev/null; echo $?; (nosuch_javix) 2>/dev/null; echo $?; nosuch_javix 2>/dev/null | cat; echo $?; x=$(nosuch_javix 2>/dev/null); echo $?; nosuch_javix 2>/dev/null & wait $!; echo $?; exec nosuch_javix 2>/dev/null
