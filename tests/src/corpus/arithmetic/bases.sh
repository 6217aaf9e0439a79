# Octal and hexadecimal constants.
echo $((010)) $((0x1F)) $((0xff)) $((0XfF)) $((00)) $((0)) $((-0x10))
x=0x10; echo $((x+1)); x=010; echo $((x)); x=' 7 '; echo $((x+1))
