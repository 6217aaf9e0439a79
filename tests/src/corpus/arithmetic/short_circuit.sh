# The unevaluated side has no effect.
x=1; echo $((0 && (x=2))) $x $((1 || (x=3))) $x $((1 ? 5 : (x=4))) $x
echo $((0 ? 1/0 : 2)) 2>/dev/null; echo $((1 || 1/0)) 2>/dev/null; echo end
