# Truncation, append, input, and standard error.
echo one >f; echo two >>f; cat <f
echo three >f; cat f
ls /nonexistent_dir 2>err; echo $?; wc -l <err
{ echo out; echo err >&2; } >o 2>e; cat o; cat e
{ echo out; echo err >&2; } >both 2>&1; cat both
{ echo out; echo err >&2; } 2>&1 >o2 | sed 's/^/pipe: /'; cat o2
>empty; wc -c <empty; : >>empty2; ls empty2
