# ls -l with its first fields.
umask 022; : >f; echo abc >g; mkdir d; ln -s f s; mkfifo p; chmod 4711 f; chmod 1777 d; ls -l | sed 1d | cut -c1-10; ls -ld d | cut -d' ' -f1; ls -l g | cut -d' ' -f1,2,5; ls -lL s | cut -c1-10; ls -l s | sed 's/.* s/s/'; ls -n g | cut -d' ' -f1; ls -1F; ls -p; ls -d d/; ls -s g >/dev/null; ls -Q g; ls -m
