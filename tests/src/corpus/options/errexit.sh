# set -e leaves at a failing command, except where the status is used.
sh -ec 'echo a; false; echo no'; echo $?
sh -ec 'if false; then :; fi; false || :; ! true; while false; do :; done; echo reached; (exit 3); echo no'; echo $?
sh -ec 'f() { false; echo in f; }; f || echo used; f; echo no'; echo $?
sh -ec 'x=$(false); echo no'; echo $?
sh -ec 'echo $(false); echo yes'; echo $?
sh -ec 'false | true; echo yes; true | false; echo no'; echo $?
sh -ec 'true && false; echo and-list survives'; echo $?
sh -ec '(false; echo no); echo no'; echo $?
sh -ec '{ false; } ; echo no'; echo $?
sh -ec 'false & wait; echo bg'; echo $?
