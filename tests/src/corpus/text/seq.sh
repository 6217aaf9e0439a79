# seq in all forms.
seq 3; seq 2 4; seq 1 2 7; seq 5 -2 1; seq -s, 5; seq -w 8 11; seq 0 0.25 1; seq -f '%03g' 3; seq 3 1; seq 1.5 3; seq -w -1 1; seq -f 'n%.2f!' 1 2; seq 1e3 1001; seq 9223372036854775805 9223372036854775807; seq x 2>/dev/null; echo $?; seq 1 0 2>/dev/null | head -n 1; seq 100000000000000000000 100000000000000000002; seq -- -3 -1; seq 1 1000000 | tail -n 1
