# Quotes inside $( ) do not end those outside.
echo "a $(echo "b $(echo "c d")  e") f"
echo "$(echo '"' "'" \")"
x="$(echo ")" '(' )"; echo "$x"
echo "$(case x in x) echo matched;; esac)"
echo "$(case x in (x) echo matched;; esac)"
echo "$( # a comment with )
echo after comment)"
