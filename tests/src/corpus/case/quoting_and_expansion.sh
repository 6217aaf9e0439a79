# Quoted parts of patterns are literal; expansions are not.
p='a*'; case abc in $p) echo pat;; esac; case abc in "$p") echo no;; *) echo lit;; esac; case 'a*' in "$p") echo same;; esac
case 'a*c' in a'*'c) echo star;; esac; case 'abc' in a'*'c) echo no;; *) echo not;; esac; case '\' in \\) echo backslash;; esac
case '[' in [) echo bracket;; esac; case ']' in []]) echo close;; esac; case '-' in [a-]) echo dash;; esac; case 'a]' in [a]]) echo two;; esac
x=; case $x in "") echo empty;; esac; case a$x in a) echo a;; esac; case '
' in '
') echo newline;; esac
case abc in *b*) echo has b;; esac; case abc in [a-c][a-c][a-c]) echo three;; esac; case abc in ??) echo no;; ???) echo yes;; esac
