# A TERM trap runs, and the shell goes on.
trap 'echo got TERM' TERM; kill $$; echo after; kill -TERM $$; echo end
sh -c 'trap "echo t; exit 7" TERM; kill $$; echo no'; echo $?
sh -c 'trap "" TERM; kill $$; echo survived'; echo $?
sh -c 'trap "" TERM; trap - TERM; kill $$; echo no'; echo $?
