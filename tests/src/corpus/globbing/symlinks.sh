# Patterns follow links to directories; broken links match.
mkdir d; touch d/x; ln -s d l; ln -s nowhere broken; echo *; echo l/*; echo */x; echo broken*; echo */
