# Patterns of case.
t() { case $1 in '') echo empty;; a) echo a;; a|b) echo b;; [0-9]) echo digit;; [0-9]*) echo number;; *.c|*.h) echo c file;; ?) echo one;; -*) echo option;; *' '*) echo blank;; [!a-z]*) echo not lower;; *) echo other;; esac; }
for i in '' a b 5 55 x.c y.h q -f 'a b' Xyz word '*' '?'; do t "$i"; done
