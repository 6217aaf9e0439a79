# A here-document in a loop is expanded each time.
for i in 1 2 3; do cat <<END
item $i of $((i*i))
END
done
i=0; while [ $i -lt 3 ]; do i=$((i+1)); read line <<END
line-$i
END
echo "$line"; done
