/* A status is any 32-bit number; what it means is the embedder's business.
 * exit: 4294967295 */
#include "check.h"

int main(void) {
    __wasi_proc_exit((__wasi_exitcode_t)-1);
}
