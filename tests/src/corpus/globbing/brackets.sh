# Ranges, negation and classes.
touch a A z Z 0 9 _ - ! ] 
echo [a-z]; echo [A-Z]; echo [0-9]; echo [!a-zA-Z0-9]; echo [-]; echo [a-]; echo [!-]; echo [[:alpha:]]; echo [[:punct:]]; echo [][_]; echo [\]]; echo [\!_]
