# A backslash before a newline joins lines, even inside words.
ec\
ho con\
tinued $\
{x:-def\
ault}
x=12\
34; echo $x $((1 +\
 2))
