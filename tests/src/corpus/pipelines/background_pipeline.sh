# A pipeline in the background and its status.
(echo x; exit 2) | (cat; exit 3) & wait $!; echo $?
seq 10 | sort -rn | head -n 1 >f & wait; cat f
yes | head -n 2 & wait $!; echo $?
