# jobs lists what runs; wait takes %1.
sleep 0.3 & jobs | sed 's/  */ /g'; wait %1; echo $?
(exit 3) & wait %1; echo $?
sleep 0.2 & sleep 0.2 & jobs >f; wc -l <f; wait; jobs
