// The allocator under load, and out of memory for the absurd.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    char *blocks[500] = {0};
    unsigned seed = 1, sum = 0;
    for (int i = 0; i < 50000; i++) {
        seed = seed * 1103515245 + 12345;
        int k = seed / 65536 % 500;
        size_t n = seed / 128 % 5000;
        if (blocks[k]) {
            sum += (unsigned char) blocks[k][0];
            free(blocks[k]);
            blocks[k] = NULL;
        } else {
            blocks[k] = malloc(n + 1);
            memset(blocks[k], k, n + 1);
        }
    }
    printf("%u\n", sum);
    char *big = malloc(50 << 20);
    printf("big %d\n", big != NULL);
    memset(big, 1, 50 << 20);
    big = realloc(big, 60 << 20);
    printf("kept %d\n", big[(50 << 20) - 1]);
    free(big);
    return 0;
}
