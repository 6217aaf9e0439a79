# A leading dot is matched only explicitly.
mkdir .d; touch .a .b d .d/x .d/.y
echo *; echo .[ab]; echo ?a; echo [.]a; echo .d/*; echo .d/.*; echo */.*; ls -A | wc -l
