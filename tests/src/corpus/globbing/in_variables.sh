# Results of expansions are globbed, quoted ones are not.
touch f1 f2; p='f*'; echo $p "$p"; x=$(echo 'f?'); echo $x; for i in $p; do echo $i; done; set -- $p; echo $#
q='f\*'; echo $q; d=.; echo $d/f*; e='[f]1'; echo $e; v=f; echo "$v"*; echo $v'*'; echo "$v"[12]
