# A dash names standard input.
echo in | cat - ; echo b | sort - ; printf 'a\n' >f; echo b | cat f - f; echo x | paste - f; echo q | head -n 1 -; echo z | tail -n 1 - | wc -l -; echo abc | cut -c2 -; echo y | md5sum -; echo 1 2 | join - /dev/null; echo w | tee - | cat; ls -- -* 2>/dev/null; echo t | comm - f; echo 3 | od -An -c -
