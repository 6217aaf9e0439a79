# How names are resolved.
command -v cd; command -v if; command -v nosuch_javix; echo $?; f() { :; }; command -v f; alias al='echo x'; command -v al; command -V cd
type if; type nosuch_javix; echo $?; command echo plain; cd() { echo shadowed; }; cd /; command cd /; pwd; PATH=/nowhere command -p ls / >/dev/null; echo $?
command -v ls | sed 's,.*/,,'; type sed | sed 's,/.*/,,'; hash -r; hash sed; hash | sed 's,.*/,,'; command nosuch_javix 2>/dev/null; echo $?
