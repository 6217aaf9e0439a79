# Standard error joins the pipe only when asked to.
(echo out; echo err >&2) 2>/dev/null | cat
(echo out; echo err >&2) 2>&1 | sort
{ echo a >&2 | cat; } 2>&1
ls nofile 2>&1 | sed 's/.*: //'
