# Which file a command is.
mkdir -p a b 'c d'
for f in a/x b/x 'c d/x' b/y z; do echo : >"$f"; chmod +x "$f"; done
echo : >a/y
W=$(command -v which)
w() { sh "$W" "$@"; echo "$?"; }
P=$PATH
PATH=$P:a:b:'c d'; w x; w -a x; w y; w x y; w z; w nothing x; w ./z; w -a ./z a/y; w a; w; w -- x
PATH=$P:a:; w z
PATH=:$P; w z
PATH=$P::a; w z; w '*'
PATH=$P; w -q 2>/dev/null | grep -c .
