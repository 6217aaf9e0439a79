# The current directory is removed.
mkdir d; cd d; rmdir ../d; ls; (: >f) 2>/dev/null; echo $?; ls .. | wc -l; cd ..; ls | wc -l; cd d 2>/dev/null; echo $?
