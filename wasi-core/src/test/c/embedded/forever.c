/* forever spin|sleep: never ends. */
#include <unistd.h>

int main(int argc, char **argv) {
    for (volatile unsigned i = 0;; i++) {
        if (argv[argc - 1][1] == 'l') {
            sleep(1000);
        }
    }
}
