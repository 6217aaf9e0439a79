/* An interpreter whose instructions call one another last: built with -mtail-call. */
typedef long long word;
typedef word handler(const unsigned char *at, word a, word b, word steps);

static handler add, swap, loop, halt;
static handler *const handlers[] = {add, swap, loop, halt};

#define NEXT __attribute__((musttail)) return handlers[*at](at + 1, a, b, steps + 1)

static word add(const unsigned char *at, word a, word b, word steps) {
    a += b;
    NEXT;
}

static word swap(const unsigned char *at, word a, word b, word steps) {
    word t = a;
    a = b;
    b = t;
    NEXT;
}

static const unsigned char program[] = {0, 1, 0, 1, 2, 3};
static word limit;

static word loop(const unsigned char *at, word a, word b, word steps) {
    if (steps < limit)
        at = program;
    NEXT;
}

static word halt(const unsigned char *at, word a, word b, word steps) {
    return steps;
}

__attribute__((export_name("run"))) word run(word steps) {
    limit = steps;
    return handlers[program[0]](program + 1, 1, 1, 1);
}

static int odd(unsigned n);

static __attribute__((noinline)) int even(unsigned n) {
    if (n == 0)
        return 1;
    __attribute__((musttail)) return odd(n - 1);
}

static __attribute__((noinline)) int odd(unsigned n) {
    if (n == 0)
        return 0;
    __attribute__((musttail)) return even(n - 1);
}

__attribute__((export_name("even"))) int is_even(unsigned n) {
    return even(n);
}
