# Sleeping children run side by side.
for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3 & done; wait; echo done
for i in 1 2 3; do (sleep 0.$i; echo $i) & done; wait
(sleep 0.2; echo second) & echo first; wait; echo third
