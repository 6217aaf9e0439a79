# Standard error passes by; a background child keeps the pipe open.
x=$(echo out; echo err >&2) 2>/dev/null; echo $x
x=$( (echo err >&2) 2>&1 ); echo $x
x=$(sleep 0.2 & echo fast); echo "$x"
x=$( (until [ -f first ]; do sleep 0.05; done; echo slow) & echo first; : >first); echo $x
