# A process stops itself, and its parent continues it.
sh -c 'echo before; kill -STOP $$; echo after' & p=$!; until grep -q ') T' /proc/$p/stat; do :; done; kill -CONT $p; wait $p; echo $?
