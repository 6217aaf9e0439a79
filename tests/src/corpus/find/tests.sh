# find's tests and actions.
mkdir -p a/b/c d; echo one >a/1; echo three >a/b/3; : >a/empty; ln -s 1 a/link; ln -s nowhere a/dangling; ln a/1 d/hard; mkfifo d/fifo
chmod 640 a/1; chmod 4755 a/empty; touch -d '2020-01-01 12:00' a/b/3; touch -d '2021-01-01 12:00' a/1
find . | sort; find a -type f | sort; find . -type l -o -type p | sort; find . -name '*[0-9]' | sort; find . -iname 'EMP*'
find . -path './a/*' ! -name 'b' -prune -o -print | sort; find . -maxdepth 1 | sort; find . -mindepth 3 | sort; find -L . -type l; find a -lname 'no*'
find . -perm 640; find . -perm -4000; find . -perm /6000; find . -size 0 -type f; find . -size -2c -type f; find . -size +4c -type f; find . -empty | sort
find . -newer a/b/3 -type f | sort; find . ! -newermt 2020-06-01 -type f; find . -links 2 -type f | sort; find . -samefile a/1 | sort; find . -user root -maxdepth 0 | wc -l
find a -type f -printf '%p %f %h %P %s %m %M %n %d %y %l %TY-%Tm-%Td\n' | sort; find a -type l -printf '%p -> %l %Y\n' | sort
find . -name 1 -exec echo found {} \; -exec cat {} \;; find a -type f -exec echo {} + | tr ' ' '\n' | sort; find a -name 1 -execdir echo {} \;
find . -depth -name 'b*' ; find . -name c -delete; find a -regex '.*/[0-9]' | sort; find . -print0 | tr '\0' '\n' | sort | head -3
find . -name 3 -o -name c -quit; find nothing 2>/dev/null; echo $?; find . -bad 2>/dev/null; echo $?; find . -type d -exec false {} + ; echo $?; find . \( -name a -o -name d \) -print | sort
find d -name hard -ls | wc -l; find a -newer a/1 -name empty; find . -type d -empty; find . -inum "$(stat -c %i a/b/3)"; find a/1 d -maxdepth 0; find . -readable -writable -name 3; find . -executable -type f
