# The hold space: h H g G x.
seq 5 >f; sed -n '1!G;h;$p' f; sed G f | wc -l; sed -n 'H;${x;s/\n/,/g;p}' f; sed 'x;p;x' f | head -n 3; sed -n 'h;n;G;p' f; sed '$!{h;d};x;G' f; sed -n '2h;4{G;p}' f; sed x f; printf 'a\nb\n\nc\nd\n' | sed -n '/./{H;$!d};x;s/\n/+/g;p'
