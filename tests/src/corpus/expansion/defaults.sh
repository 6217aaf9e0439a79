# The four default operators, with and without the colon.
unset u; e=; v=val
echo "[${u-a}] [${u:-a}] [${e-a}] [${e:-a}] [${v-a}] [${v:-a}]"
echo "[${u+a}] [${u:+a}] [${e+a}] [${e:+a}] [${v+a}] [${v:+a}]"
echo "[${u=one}] [$u]"; unset u
echo "[${u:=two}] [$u] [${e:=three}] [$e]"
echo "${nested:-${other:-"deep $v"}}"
echo ${unset_words:-a   b    c} "${unset_words:-a   b    c}"
