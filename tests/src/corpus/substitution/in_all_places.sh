# Substitution in words, patterns, redirections, here-documents, arithmetic.
echo $(($(echo 3) * $(echo 4)))
case $(echo abc) in $(echo a*)) echo pat;; esac
echo to >$(echo fi)le; cat file; cat <$(echo file)
for i in $(echo 1 2) $(echo 3); do echo $i; done
$(echo echo) run; $(echo) ; echo $?
set -- $(printf 'a b\nc'); echo $#
x=$(cat <file); echo $x
[ "$(wc -l <file)" -eq 1 ] && echo one
