# Sleeping children run side by side.
for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3 & done; wait; echo done
for i in 1 2 3; do (until [ $i = 3 ] || [ -f $((i+1)) ]; do sleep 0.05; done; echo $i; : >$i) & done; wait
(until [ -f first ]; do sleep 0.05; done; echo second) & echo first; : >first; wait; echo third
