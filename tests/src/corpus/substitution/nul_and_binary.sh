# NUL bytes vanish, other bytes stay.
x=$(printf 'a\0b\0c'); echo "$x"; printf %s "$(printf '\377\1\200')" | od -An -tx1
