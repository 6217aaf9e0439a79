# A thousand substitutions.
i=0; n=0; while [ $i -lt 1000 ]; do x=$(echo x); n=$((n+${#x})); i=$((i+1)); done; echo $n
