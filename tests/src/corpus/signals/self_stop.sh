# A process stops itself, and its parent continues it.
sh -c 'echo before; kill -STOP $$; echo after' & p=$!; sleep 0.2; kill -CONT $p; wait $p; echo $?
