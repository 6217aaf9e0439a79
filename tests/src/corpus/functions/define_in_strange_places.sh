# Definitions inside functions, conditionals and loops.
f() { g() { echo g of $1; }; g x; }; f a; g b
if true; then h() { echo one; }; else h() { echo two; }; fi; h
for i in 1 2; do eval "k$i() { echo k$i \$1; }"; done; k1 a; k2 b
type f | head -n 1; command -v f; unset -f f; command -v f; echo $?
