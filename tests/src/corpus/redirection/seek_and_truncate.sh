# dd and truncate at offsets.
printf '0123456789' >f
printf AB | dd of=f bs=1 seek=3 conv=notrunc 2>/dev/null; cat f; echo
dd if=f bs=2 skip=2 count=2 2>/dev/null; echo
truncate -s 4 f; cat f; echo; truncate -s 8 f; od -An -c f
printf x | dd of=sparse bs=1 seek=1000000 2>/dev/null; stat -c %s sparse; tail -c 1 sparse; echo
dd if=/dev/zero bs=1024 count=3 2>/dev/null | wc -c
