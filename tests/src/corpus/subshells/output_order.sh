# Output of parent and children comes in program order.
echo 1; (echo 2); sh -c 'echo 3'; (sh -c 'echo 4'; echo 5); echo 6; /bin/echo 7; echo 8
printf 'no newline '; (printf 'then '); /bin/echo end
