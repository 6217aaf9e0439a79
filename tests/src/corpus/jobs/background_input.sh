# A background job without job control reads nothing.
echo data | { cat & wait; echo "status $?"; }
echo data | { cat <&0 & wait; } | wc -l
sh -c 'read x & wait $!; echo $?' </dev/null
(cat; echo end) <<E &
given
E
wait
