// Floating point in printf, scanf, strtod and arithmetic.
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
int main(void) {
    double v[] = {0.1, 1.0 / 3, 1e100, 5e-324, DBL_MAX, -0.0, 123456789.125, INFINITY};
    for (int i = 0; i < 8; i++) {
        printf("%.17g %e %g %.3f\n", v[i], v[i], v[i], v[i] > 1e20 ? 0 : v[i]);
    }
    printf("%d\n", isnan(NAN));
    printf("%.17g %.9g\n", strtod("2.2250738585072011e-308", NULL), strtof("16777217", NULL));
    double x;
    int i;
    sscanf("3.25 42 rest", "%lf %d", &x, &i);
    printf("%g %d %.10f %.10f\n", x, i, sin(1.0), pow(2.0, 0.5));
    printf("%lld %llu %d\n", (long long) -1e18, (unsigned long long) 1e19, (int) 3.99);
    return 0;
}
