# A FIFO joins two processes.
mkfifo p; [ -p p ] && echo fifo
echo through >p & cat p; wait
(for i in 1 2 3; do echo $i; done >p) & while read x; do echo "<$x>"; done <p; wait
cat <p >out & exec 3>p; echo a >&3; echo b >&3; exec 3>&-; wait; cat out
stat -c %F p; rm p
