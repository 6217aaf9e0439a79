# Tilde expansion, and where it does not happen.
HOME=/home/someone
echo ~ ~/x "~" '~' \~ a~ ~/"y z"
x=~; echo $x; x="~"; echo $x
HOME=; echo "[$(echo ~)]" "[$(echo ~/)]"
echo ~nosuchuser_javix
HOME=/h; echo ${u:-~} "${u:-~}"
