# Ignored signals stay ignored in children; caught ones are reset.
trap '' TERM; sh -c 'kill $$; echo child survived'
trap 'echo caught' TERM; sh -c 'kill $$; echo no'; echo $?
(trap '' USR1; sh -c 'trap "echo no" USR1; kill -USR1 $$; echo ignored at entry')
trap '' INT; (kill -INT $$; echo still) 
