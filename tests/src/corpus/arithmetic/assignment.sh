# Assignment operators change variables.
x=5; echo $((x+=3)) $((x-=1)) $((x*=2)) $((x/=3)) $((x%=3)) $x
echo $((x=12)) $((x<<=2)) $((x>>=1)) $((x&=28)) $((x|=3)) $((x^=1)) $x
echo $((y=z=4)) $y $z; unset u; echo $((u+1)) $((u=9)) $u
i=0; while [ $((i+=1)) -lt 5 ]; do :; done; echo $i
echo $((x > 3 ? (a=1) : (b=2))) ${a-none} ${b-none}
