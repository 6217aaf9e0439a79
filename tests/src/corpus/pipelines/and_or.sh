# Lists mix && and || from left to right.
true && echo a || echo b; false && echo a || echo b
false || false || echo c; true && true && echo d
false && echo x; echo $?; true || echo x; echo $?
! false && echo e; echo f | grep -q f && echo g
true && { echo h; false; } || echo i
echo j && (exit 3) || echo $?
