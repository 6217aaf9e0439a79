# ${#x}, ${#} and lengths of positional parameters.
x=hello; e=; unset u
echo ${#x} ${#e} ${#u}
set -- one "two words" three
echo $# ${#} ${#1} ${#2} ${#3}
long=$(printf '%1000s' x); echo ${#long}
