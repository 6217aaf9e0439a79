# A variable set before a function call stays in dash's scope rules.
f() { echo "f:$v"; v=inner; }
v=outer; v=temp f; echo "$v"
g() { local v=loc; f; echo "g:$v"; }
g; echo "$v"
