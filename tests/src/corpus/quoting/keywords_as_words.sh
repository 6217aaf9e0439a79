# Reserved words count only where a command begins.
echo if then else fi do done case esac while { }
if=1; echo $if
for in in in in; do echo $in; done
case in in in) echo in;; esac
\echo 'quoted name'; 'echo' "also"
