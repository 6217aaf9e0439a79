# if, elif and else with lists as conditions.
t() { if [ $1 -lt 5 ]; then echo small; elif [ $1 -lt 10 ]; then echo medium; elif false; then echo no; else echo large; fi; }; t 1; t 7; t 20
if false; then :; fi; echo $?; if true; then (exit 4); fi; echo $?; if false; true; then echo last decides; fi
if x=$(echo v; false); then echo no; else echo "else $x"; fi; if ! false; then echo not; fi; if { false; true; }; then echo group; fi; if (exit 0); then echo sub; fi
if read x; then echo "read $x"; fi <<E
line
E
