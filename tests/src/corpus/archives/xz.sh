# xz and its scripts, and tar with it.
seq 5000 >f; cp f g; xz f; ls; unxz f.xz; cmp f g && xz -k f; xz -dc f.xz | cmp - g; xzcat f.xz | head -n 2; xz -t f.xz; echo $?; xz <g | xz -d | cksum; cksum <g; xz -9c g | xz -t; echo $?
xz --format=lzma -c g >g.lzma; unlzma -c g.lzma | cmp - g; xzgrep -c 77 f.xz; xzcmp f.xz g; echo $?; echo x | xz >>f.xz; xzcat f.xz | tail -n 1; xz f 2>/dev/null; echo $?; xz -f f; xz -t g 2>/dev/null; echo $?; head -c 50 f.xz | xz -t 2>/dev/null; echo $?
mkdir d; cp g d/1; echo two >d/2; tar -cJf d.tar.xz --sort=name d; tar -tJf d.tar.xz; tar -xOf d.tar.xz d/2; xz --robot --list d.tar.xz | head -n 1 | cut -f1,3
