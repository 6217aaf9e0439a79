# Children inherit what the shell opened for them.
echo data >f
sh -c 'cat <&7' 7<f
exec 6<f; sh -c 'read x <&6; echo $x'; read y <&6 || echo 'offset shared'
f() { cat <&5; }; f 5<f
(cat <&4) 4<f
{ { cat <&3; } 3<f; } ; (: <&3) 2>/dev/null || echo closed again
