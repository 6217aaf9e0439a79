/* Counts 20,000 words in a hash table of chains: pointers and strings. */
#include "kernel.h"

enum { WORDS = 20000, BUCKETS = 4096 };

struct entry {
    struct entry *next;
    uint32_t hash, count;
    char word[16];
};

static char words[WORDS][16];
static struct entry *buckets[BUCKETS], entries[WORDS];
static size_t used;

static uint32_t hash_of(const char *word) {
    uint32_t hash = 2166136261u;
    for (; *word; word++) {
        hash = (hash ^ (uint8_t) *word) * 16777619u;
    }
    return hash;
}

static int same(const char *a, const char *b) {
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static void add(const char *word) {
    uint32_t hash = hash_of(word);
    struct entry **link = &buckets[hash % BUCKETS];
    for (; *link; link = &(*link)->next) {
        if ((*link)->hash == hash && same((*link)->word, word)) {
            (*link)->count++;
            return;
        }
    }
    struct entry *entry = &entries[used++];
    entry->next = NULL;
    entry->hash = hash;
    entry->count = 1;
    size_t i = 0;
    do {
        entry->word[i] = word[i];
    } while (word[i++]);
    *link = entry;
}

void prepare(void) {
    uint32_t seed = 3;
    for (size_t i = 0; i < WORDS; i++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t number = seed >> 18;
        size_t at = 0;
        do {
            words[i][at++] = (char) ('a' + number % 26);
            number /= 7;
        } while (number);
    }
}

void run(long count) {
    while (count-- > 0) {
        memset(buckets, 0, sizeof buckets);
        used = 0;
        for (size_t i = 0; i < WORDS; i++) {
            add(words[i]);
        }
        sink = (uint32_t) used;
    }
}
