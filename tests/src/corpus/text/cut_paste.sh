# cut and paste.
printf 'a:b:c\nd:e:f\nplain\n' >f; cut -d: -f2 f; cut -d: -f1,3 f; cut -d: -f2- f; cut -s -d: -f1 f; cut -c1-3 f; cut -c2 f; cut -b-2 f; cut -c1,3- f; cut -d: -f1-2 --output-delimiter=/ f; cut --complement -d: -f2 f; printf 'a\tb\n' | cut -f2; paste f f; paste -d, f f; paste -s f; paste -sd'|\n' f; seq 6 | paste -d' ' - - -; cut -z -c1 f | tr '\0' .; echo
