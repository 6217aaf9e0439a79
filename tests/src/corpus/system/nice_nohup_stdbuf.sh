# Programs that run programs.
nice -n 5 nice; nice sh -c 'exit 3'; echo $?; nice -n 5 nice -n 3 nice; nice nosuch_javix 2>/dev/null; echo $?; nohup echo x </dev/null 2>/dev/null; env -i PATH="$PATH" nice -n 2 env true; echo $?; chroot --help | head -n 1 | cut -c1-6; timeout 5 nice nohup env sh -c 'echo chain' 2>/dev/null
