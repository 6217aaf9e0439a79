# jobs lists what runs; wait takes %1.
sleep 2 & jobs | sed 's/  */ /g'; wait %1; echo $?
(exit 3) & wait %1; echo $?
sleep 2 & sleep 2 & jobs >f; wc -l <f; wait; jobs
