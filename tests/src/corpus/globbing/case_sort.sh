# The C locale sorts by bytes.
touch b A a B _ 1 10 2; echo *; ls; for f in [[:lower:]]; do echo $f; done; touch "$(printf '\303\251')"; ls | tail -n 1 | od -An -tx1
