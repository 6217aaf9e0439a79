// longjmp out of nested calls, value 0 becomes 1, buffers of several levels.
#include <setjmp.h>
#include <stdio.h>

static jmp_buf outer, middle;
static int depth;

static void dive(int n) {
    depth++;
    if (n == 0) {
        longjmp(depth > 50 ? outer : middle, 0);
    }
    dive(n - 1);
}

int main(void) {
    int a = setjmp(outer);
    printf("outer %d depth %d\n", a, depth);
    if (a == 0) {
        int b = setjmp(middle);
        printf("middle %d depth %d\n", b, depth);
        if (b == 0) {
            dive(10);
        } else {
            dive(60);
        }
    }
    sigjmp_buf s;
    volatile int n = 0;
    if (sigsetjmp(s, 1) < 3) {
        n++;
        siglongjmp(s, n);
    }
    printf("n %d\n", n);
    return 0;
}
