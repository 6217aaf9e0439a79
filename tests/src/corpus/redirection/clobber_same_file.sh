# Reading and writing one file in a pipeline of redirections.
printf 'c\nb\na\n' >f
sort f -o f; cat f
cat f | sort -r >g; mv g f; cat f
exec 3<f; rm f; cat <&3; exec 3<&-; ls f 2>/dev/null; echo $?
echo new >f; cat f
