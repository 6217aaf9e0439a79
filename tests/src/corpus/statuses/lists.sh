# Status of lists, groups, loops and redirections.
false; :; echo $?; { true; false; }; echo $?; (true; false); echo $?; if true; then false; fi; echo $?; false || true; echo $?; x=1; echo $?; false; x=2; echo $?; false; f() { :; }; echo $?; false; >r; echo $?; for i in; do :; done; echo $?; false; wait; echo $?
