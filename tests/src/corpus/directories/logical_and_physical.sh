# Symbolic links in the path: -L and -P.
top=$(pwd -P); mkdir -p real/sub; ln -s real link; cd link/sub; pwd | sed "s,$top,,"; pwd -P | sed "s,$top,,"; cd ..; pwd | sed "s,$top,,"; cd "$top"; cd -P link; pwd | sed "s,$top,,"; cd "$top/link"; cd -P ..; [ "$PWD" = "$top" ] && echo top; cd "$top"; ln -s ../real real/up; ls real/up/sub; cd real/up/up; pwd -P | sed "s,$top,,"
