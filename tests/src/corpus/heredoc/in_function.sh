# Here-documents inside functions and substitutions.
f() { cat <<END
arg $1
END
}
f a; f "b c"
x=$(cat <<END
in substitution
END
); echo "[$x]"
y="$(sed s/a/b/ <<'END'
banana
END
)"; echo "$y"
