# Prefix and suffix removal, shortest and longest.
path=/usr/local/lib/libx.so.1.2
echo "${path#*/}" "${path##*/}" "${path%/*}" "${path%%/*}|"
echo "${path%.*}" "${path%%.*}" "${path##*.}"
x=aXbXc; p='X*'
echo "${x%X*} ${x%%X*} ${x#*X} ${x##*X} ${x%$p} ${x%%$p} ${x%"$p"}"
y='a*b*c'
echo "${y#*\*} ${y##*'*'} ${y%"*"*}"
echo "${x#nomatch} ${x%} ${x#}"
z=aaa; echo "${z#a}" "${z##a*}|" "${z%%[!b]}"
