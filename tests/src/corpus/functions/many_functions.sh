# Two hundred functions that call each other.
i=200; eval 'f200() { echo end; }'; while [ $i -gt 0 ]; do j=$((i-1)); eval "f$j() { f$i; }"; i=$j; done; f0; f0 | cat
