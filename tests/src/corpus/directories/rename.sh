# mv within and over.
echo a >a; echo b >b; mv a c; ls; mv b c; cat c; mkdir d; mv c d; ls d; mv d e; ls e; mkdir f; : >f/x; mv e f; ls f; mv f/e/c .; mv -n c f/x; ls; echo z >z; mv -v z y; mkdir -p p/q; mv p p/q 2>/dev/null; echo $?; mv nofile x 2>/dev/null; echo $?; mv -f c y; cat y; mkdir t; mv -t t y; ls t; mv -b t/y . ; : >w; mv -b w y; ls
