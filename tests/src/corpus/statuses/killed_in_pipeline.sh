# Signals in the last member of a pipeline, and in substitutions.
true | sh -c 'kill -9 $$'; echo $?; sh -c 'kill -9 $$' | true; echo $?; x=$(sh -c 'kill -9 $$'); echo $?; (sh -c 'kill -15 $$'; echo inner $?); { sh -c 'kill -15 $$'; } ; echo $?
