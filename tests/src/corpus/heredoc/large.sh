# A here-document much larger than a pipe's buffer.
big=$(seq 1 30000)
cat <<END | cksum
$big
END
wc -l <<END
$big
END
(sleep 0.1; wc -c) <<END
$big
END
