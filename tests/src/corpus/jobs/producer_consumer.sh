# Several writers append to one file; short lines stay whole.
for w in a b c d; do (i=0; while [ $i -lt 50 ]; do echo "$w$w$w$w$w$w$w$w"; i=$((i+1)); done) >>log & done; wait
sort log | uniq -c | sed 's/^ *//'
(for w in a b c d; do (i=0; while [ $i -lt 50 ]; do echo "$w$w$w$w$w$w$w$w"; i=$((i+1)); done) & done; wait) | sort | uniq -c | sed 's/^ *//'
