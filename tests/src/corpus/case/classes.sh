# Character classes and slashes.
for c in a Z 5 ' ' . '	' /; do case $c in [[:alpha:]]) echo alpha;; [[:digit:]]) echo digit;; [[:space:]]) echo space;; [[:punct:]]) echo punct;; esac; done
case a/b/c in a*c) echo slashes match;; esac; case .x in *) echo dot too;; esac; case /usr/bin in /*/bin) echo path;; esac
