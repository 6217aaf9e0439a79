# Quoted pattern characters stand for themselves.
touch a b 'a*' '[x]' '?'
echo a* "a*" 'a*' a\* [ab] "[ab]" \[x\] '?' \? ?
x='a*'; echo $x "$x"
case 'a*' in a\*) echo yes;; esac
case ab in a\*) echo wrong;; a*) echo star;; esac
case '[x]' in "[x]") echo literal;; esac
p='[ab]'; case a in $p) echo pattern;; esac
case a in "$p") echo wrong;; *) echo quoted;; esac
