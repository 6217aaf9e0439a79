# Two FIFOs make a server.
mkfifo q r
(while read x <q; do case $x in quit) exit 3;; *) echo "reply $((x*2))" >r;; esac; done) &
for i in 4 5 6; do echo $i >q; cat r; done
echo quit >q; wait $!; echo $?
