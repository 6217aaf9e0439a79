# White space and other IFS characters split differently.
n() { echo "$#: $(printf '<%s>' "$@")"; }
x='  a  b  '; n $x
IFS=:; x=':a::b:'; n $x
IFS=': '; x=' a : b :: c '; n $x
IFS=; x='a b'; n $x
unset IFS; x='a	b
c'; n $x
IFS=,; x=1,2,3,; n $x; n "$x"; n $(echo 4,5,6)
y=q; n $y$x$y
IFS=' 	
'; e=; n $e; n "$e"; n $e"$e"; n $e$e
