# mktemp makes files and directories of its own.
f=$(mktemp -p .); [ -f "$f" ] && stat -c %a "$f"; d=$(mktemp -d -p .); [ -d "$d" ] && stat -c %a "$d"; t=$(mktemp ./pre.XXXXXX); case $t in ./pre.??????) echo template;; esac; mktemp -u ./n.XXX >n; ls "$(cat n)" 2>/dev/null; echo $?; mktemp ./bad.X 2>/dev/null; echo $?; s=$(mktemp --suffix=.c ./XXXX); case $s in *.c) echo suffix;; esac
