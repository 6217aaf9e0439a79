# test on strings and integers.
t() { test "$@"; echo "$* -> $?"; }
t a; t ''; t; t -n a; t -n ''; t -z ''; t -z a; t a = a; t a = b; t a != b; t 1 -eq 1; t 01 -eq 1; t 1 -ne 2; t -1 -lt 0; t 2 -ge 3; t 3 -gt 2; t 2 -le 2
t ! a; t ! ''; t a -a ''; t a -a b; t '' -o b; t '(' a ')'; t ! '(' '' -o '' ')'; t '!' = '!'; t -n = -n; t = ; t '(' ; t -a -a -a; t abc '<' abd; t b '>' a
