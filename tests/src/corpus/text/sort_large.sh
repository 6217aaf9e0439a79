# Sorting what does not fit a small buffer, with temporary files.
seq 30000 | sort -R --random-source=/dev/zero | sort -n | cksum; seq 30000 | sort -r | sort -n -S 100k | tail -n 1; seq 20000 | sort | sha1sum; seq 20000 | sed 's/.*/& key/' | sort -k1,1nr --parallel=1 | head -n 2; seq 5000 >a; seq 5000 10000 >b; sort -n -m a b | uniq -d
