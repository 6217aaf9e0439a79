/* A stack machine sieves primes: a switch in a loop, as in every script language's interpreter. */
#include "kernel.h"

enum { PUSH, LOAD, STORE, LOAD_AT, STORE_AT, ADD, MULTIPLY, LESS, JUMP, JUMP_UNLESS, HALT };

enum { LIMIT = 2000 };

enum { I, J, COUNT, VARIABLES };

/* for (i = 2; i < LIMIT; i++) if (flags[i] < 1) { count++; for (j = i * i; j < LIMIT; j += i) flags[j] = 1; } */
static int32_t program[] = {
    /* 0 */ PUSH, 2, STORE, I,
    /* 4 */ LOAD, I, PUSH, LIMIT, LESS, JUMP_UNLESS, 63,
    /* 11 */ LOAD, I, LOAD_AT, PUSH, 1, LESS, JUMP_UNLESS, 54,
    /* 19 */ LOAD, COUNT, PUSH, 1, ADD, STORE, COUNT,
    /* 26 */ LOAD, I, LOAD, I, MULTIPLY, STORE, J,
    /* 33 */ LOAD, J, PUSH, LIMIT, LESS, JUMP_UNLESS, 54,
    /* 40 */ PUSH, 1, LOAD, J, STORE_AT,
    /* 45 */ LOAD, J, LOAD, I, ADD, STORE, J, JUMP, 33,
    /* 54 */ LOAD, I, PUSH, 1, ADD, STORE, I, JUMP, 4,
    /* 63 */ HALT,
};

static int32_t flags[LIMIT];

static int32_t interpret(const int32_t *code) {
    int32_t variables[VARIABLES] = {0}, stack[16], *top = stack;
    for (const int32_t *pc = code;;) {
        switch (*pc++) {
            case PUSH: *top++ = *pc++; break;
            case LOAD: *top++ = variables[*pc++]; break;
            case STORE: variables[*pc++] = *--top; break;
            case LOAD_AT: top[-1] = flags[top[-1]]; break;
            case STORE_AT: top -= 2; flags[top[1]] = top[0]; break;
            case ADD: top--; top[-1] += top[0]; break;
            case MULTIPLY: top--; top[-1] *= top[0]; break;
            case LESS: top--; top[-1] = top[-1] < top[0]; break;
            case JUMP: pc = code + *pc; break;
            case JUMP_UNLESS: pc = *--top ? pc + 1 : code + *pc; break;
            default: return variables[COUNT];
        }
    }
}

void prepare(void) {}

void run(long count) {
    while (count-- > 0) {
        memset(flags, 0, sizeof flags);
        sink = (uint32_t) interpret(program);
        if (sink != 303) {
            abort();
        }
    }
}
