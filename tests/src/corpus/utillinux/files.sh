# fallocate, mountpoint, namei, rev.
fallocate -l 100000 f; stat -c '%s' f; fallocate -n -o 100000 -l 50000 f; stat -c '%s' f
printf 'hello world' >g; fallocate -p -o 0 -l 5 g; od -c g
dd if=/dev/zero of=h bs=64k count=1 2>/dev/null; printf x >>h; fallocate -d h; stat -c '%s' h; [ $(stat -c %b h) -lt 100 ] && echo dug
fallocate -l -1 f 2>/dev/null; echo $?; fallocate -l 10 nodir/f 2>/dev/null; echo $?; fallocate f 2>/dev/null; echo $?
mountpoint -q /; echo $?; mountpoint -q .; echo $?; mountpoint -q nothing; echo $?; mountpoint /proc
mkdir -p a/b; : >a/b/c; ln -s a/b l; chmod 750 a; namei l/c; namei -m l/c; namei nothing 2>&1; echo $?
printf 'abc\n\nxyz\nlast' | rev; echo; rev nothing 2>/dev/null; echo $?
