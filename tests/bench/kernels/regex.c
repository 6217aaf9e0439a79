/* Finds patterns in 16 KiB of text with a backtracking matcher: recursion, branches, bytes. */
#include "kernel.h"

enum { SIZE = 1 << 14 };

static char text[SIZE + 1];

static const char *match_here(const char *pattern, const char *at);

/* The end of the single element that a pattern starts with. */
static const char *element_end(const char *pattern) {
    if (*pattern == '[') {
        while (*pattern != ']') {
            pattern++;
        }
    } else if (*pattern == '\\') {
        pattern++;
    }
    return pattern + 1;
}

static int in_set(const char *set, char c) {
    int negated = *set == '^', found = 0;
    for (set += negated; *set != ']'; set++) {
        if (set[1] == '-' && set[2] != ']') {
            found |= c >= set[0] && c <= set[2];
            set += 2;
        } else {
            found |= c == *set;
        }
    }
    return found != negated;
}

static int matches(const char *element, char c) {
    switch (*element) {
        case '.': return c != 0 && c != '\n';
        case '[': return c != 0 && in_set(element + 1, c);
        case '\\': return c == element[1];
        default: return c == *element;
    }
}

/* The longest run of an element first, then shorter ones. */
static const char *match_run(const char *element, const char *rest, const char *at, int least) {
    const char *p = at;
    while (matches(element, *p)) {
        p++;
    }
    for (; p - at >= least; p--) {
        const char *end = match_here(rest, p);
        if (end) {
            return end;
        }
    }
    return NULL;
}

static const char *match_here(const char *pattern, const char *at) {
    while (*pattern) {
        if (*pattern == '$' && pattern[1] == 0) {
            return *at == 0 || *at == '\n' ? at : NULL;
        }
        const char *rest = element_end(pattern);
        switch (*rest) {
            case '*': return match_run(pattern, rest + 1, at, 0);
            case '+': return match_run(pattern, rest + 1, at, 1);
            case '?': {
                if (matches(pattern, *at)) {
                    const char *end = match_here(rest + 1, at + 1);
                    if (end) {
                        return end;
                    }
                }
                pattern = rest + 1;
                break;
            }
            default:
                if (!matches(pattern, *at)) {
                    return NULL;
                }
                pattern = rest;
                at++;
        }
    }
    return at;
}

static uint32_t count_matches(const char *pattern) {
    uint32_t found = 0;
    for (const char *p = text; *p;) {
        const char *end = match_here(pattern, p);
        found += end != NULL;
        p = end > p ? end : p + 1;
    }
    return found;
}

void prepare(void) {
    static const char *const pieces[] = {"GET /index.html 200\n", "user@example.org ", "2024-05-17 ", "error: ", "0x7fffab12 ",
        "foo(bar, 42);\n", "the quick brown fox ", "192.168.0.1 - - "};
    uint32_t seed = 7;
    for (size_t at = 0; at < SIZE;) {
        seed = seed * 1664525 + 1013904223;
        for (const char *p = pieces[seed >> 29]; *p && at < SIZE; p++) {
            text[at++] = *p;
        }
    }
}

void run(long count) {
    static const char *const patterns[] = {"[a-z]+@[a-z]+\\.[a-z]+", "[0-9]+-[0-9]+-[0-9]+", "0x[0-9a-f]+", "[a-z]+(.*);$",
        "q.*k", "[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+"};
    while (count-- > 0) {
        uint32_t found = 0;
        for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
            found += count_matches(patterns[i]);
        }
        sink = found;
    }
}
