# Patterns with slashes.
mkdir -p d/e d/f x/e; touch d/e/1 d/e/2 d/f/1 x/e/3 top
echo */; echo */*; echo */*/*; echo d/*/1; echo ./d/e/*; echo d/[ef]/?; echo */e/; echo /dev/nul*; echo d//e/*
cd d; echo ../x/*; echo *; cd ..; echo nodir/*; echo top/*
