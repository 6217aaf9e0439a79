# Thirty processes in one pipeline.
c=cat; i=1; while [ $i -lt 30 ]; do c="$c | cat"; i=$((i+1)); done
seq 100 | eval "$c" | tail -n 1
echo 0 | eval "$(for i in $(seq 20); do printf '%s' '{ read n; echo $((n+1)); } | '; done) cat"
