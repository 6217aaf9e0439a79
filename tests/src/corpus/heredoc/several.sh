# Several here-documents on a line are read in order.
cat <<A; cat <<B
first
A
second
B
cat <<A - <<B
lost
A
kept
B
cat <<A | tr a-z A-Z | cat - <<B
never read
A
piped
B
