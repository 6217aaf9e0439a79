# GNU tools take options after operands, and -- ends them.
: >a; ls a -1; printf 'b\na\n' >f; sort f -r; head f -n 1; POSIXLY_CORRECT=1 ls a -l 2>/dev/null | wc -l; echo -- -n; touch -- --odd; ls -- --odd; cat --nu f 2>/dev/null | wc -l; cat --number f; rm ./--odd; wc --lines f; sort --rev f; cut --field=1 f; sort --re 2>/dev/null; echo $?
