# Expansion depends on the quoting of the delimiter.
x=value
cat <<END
x is $x, $(echo sub), `echo back`, $((1+2)), \$x, \\, "quoted", 'single'
joined \
line
END
cat <<'END'
x is $x, $(echo sub), `echo back`, \$x, \
END
cat <<\END
$x
END
cat <<"END"
$x
END
