# Stars, question marks and sets.
touch a b c aa ab abc a1 a2 B .hidden 'with space'
echo *; echo ?; echo a*; echo a?; echo [ab]; echo [!ab]; echo [a-c]*; echo *[0-9]; echo [[:upper:]]; echo a[[:digit:]]
echo .*; echo .h*; echo nomatch*; echo "*" '*'; echo *\ *; echo [^a]
