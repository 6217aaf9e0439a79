# mkdir and rmdir with their options.
mkdir a; mkdir a 2>/dev/null; echo $?; mkdir -p a/b/c a; echo $?; mkdir x/y 2>/dev/null; echo $?; mkdir -m 700 m; stat -c %a m; mkdir -v v; mkdir -pv q/r; rmdir a 2>/dev/null; echo $?; rmdir -p a/b/c; ls; : >f; rmdir f 2>/dev/null; echo $?; rmdir --ignore-fail-on-non-empty q; ls q; mkdir -m 1777 s; stat -c %A s
