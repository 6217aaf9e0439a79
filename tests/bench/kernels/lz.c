/* Compresses and expands 64 KiB of text, in the style of LZ4: a hash table of positions, matches, copies. */
#include "kernel.h"

enum { SIZE = 1 << 16, HASH_BITS = 12, SHORTEST = 4, FARTHEST = 65535 };

static uint8_t text[SIZE], packed[SIZE + SIZE / 128 + 16], expanded[SIZE];

static uint32_t word_at(const uint8_t *p) {
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static uint8_t *put_length(uint8_t *out, size_t length) {
    for (; length >= 255; length -= 255) {
        *out++ = 255;
    }
    *out++ = (uint8_t) length;
    return out;
}

static uint8_t *put_literals(uint8_t *out, const uint8_t *from, size_t count, size_t match) {
    *out++ = (uint8_t) ((count < 15 ? count : 15) << 4 | (match < 15 ? match : 15));
    if (count >= 15) {
        out = put_length(out, count - 15);
    }
    memcpy(out, from, count);
    return out + count;
}

static size_t compress(const uint8_t *in, size_t length, uint8_t *to) {
    static uint32_t table[1 << HASH_BITS];
    memset(table, 0, sizeof table);
    const uint8_t *p = in, *literals = in, *end = in + length, *last = end - 12;
    uint8_t *out = to;
    while (p < last) {
        uint32_t word = word_at(p);
        uint32_t *entry = &table[word * 2654435761u >> (32 - HASH_BITS)];
        const uint8_t *candidate = in + *entry;
        *entry = (uint32_t) (p - in);
        if (candidate >= p || p - candidate > FARTHEST || word_at(candidate) != word) {
            p++;
            continue;
        }
        const uint8_t *q = p + SHORTEST, *r = candidate + SHORTEST;
        while (q < last && *q == *r) {
            q++;
            r++;
        }
        size_t match = (size_t) (q - p) - SHORTEST;
        out = put_literals(out, literals, (size_t) (p - literals), match);
        *out++ = (uint8_t) (p - candidate);
        *out++ = (uint8_t) ((p - candidate) >> 8);
        if (match >= 15) {
            out = put_length(out, match - 15);
        }
        p = literals = q;
    }
    out = put_literals(out, literals, (size_t) (end - literals), 0);
    return (size_t) (out - to);
}

static const uint8_t *get_length(const uint8_t *in, size_t *length) {
    uint8_t byte;
    do {
        byte = *in++;
        *length += byte;
    } while (byte == 255);
    return in;
}

static size_t expand(const uint8_t *in, size_t length, uint8_t *to) {
    const uint8_t *end = in + length;
    uint8_t *out = to;
    for (;;) {
        size_t token = *in++, count = token >> 4, match = token & 15;
        if (count == 15) {
            in = get_length(in, &count);
        }
        memcpy(out, in, count);
        out += count;
        in += count;
        if (in >= end) {
            return (size_t) (out - to);
        }
        const uint8_t *from = out - (in[0] | in[1] << 8);
        in += 2;
        if (match == 15) {
            in = get_length(in, &match);
        }
        for (match += SHORTEST; match > 0; match--) {
            *out++ = *from++;
        }
    }
}

void prepare(void) {
    static const char *const words[] = {"the ", "quick ", "brown ", "fox ", "jumps ", "over ", "a ", "lazy ", "dog", ".\n",
        "while ", "sorting ", "numbers ", "and ", "compressing ", "text "};
    uint32_t seed = 1;
    for (size_t at = 0; at < SIZE;) {
        seed = seed * 1664525 + 1013904223;
        for (const char *w = words[seed >> 28]; *w && at < SIZE; w++) {
            text[at++] = (uint8_t) *w;
        }
    }
}

void run(long count) {
    while (count-- > 0) {
        size_t length = compress(text, SIZE, packed);
        if (expand(packed, length, expanded) != SIZE || memcmp(text, expanded, SIZE) != 0) {
            abort();
        }
        sink = (uint32_t) length;
    }
}
