#include <stdint.h>
#include <stdlib.h>
#include "lock.h"
#include "fork_impl.h"

/* An additive feedback generator, with the numbers that Debian's C library gives for the same seed: what a program
 * draws here is what it draws there. A state is a header, which says how far it is, and so many words. */

struct state {
	uint32_t header;
	uint32_t words[];
};

/* By the size of a state: its words, and the distance of the two that are added. */
static const struct kind { short size, count, distance; } kinds[] = {
	{ 8, 0, 0 }, { 32, 7, 3 }, { 64, 15, 1 }, { 128, 31, 3 }, { 256, 63, 1 },
};

static uint32_t first[1 + 31];
static struct state *state = (void *)first;
static int count = 31, front, rear;
static int seeded;
static volatile int lock[1];
volatile int *const __random_lockptr = lock;

static uint32_t next(void)
{
	uint32_t *w = state->words;
	if (!count) return w[0] = 1103515245 * w[0] + 12345 & 0x7fffffff;
	uint32_t sum = w[front] += w[rear];
	if (++front == count) front = 0;
	if (++rear == count) rear = 0;
	return sum >> 1;
}

static void seed(uint32_t value, int distance)
{
	int32_t word = value ? value : 1;
	seeded = 1;
	state->words[0] = word;
	for (int i = 1; i < count; i++) {
		/* 16807 times the last one, modulo 2^31 - 1, without overflow. */
		word = 16807 * (word % 127773) - 2836 * (word / 127773);
		if (word < 0) word += 2147483647;
		state->words[i] = word;
	}
	front = distance;
	rear = 0;
	for (int i = 0; i < 10 * count; i++) next();
}

static int distance_of(int words)
{
	for (int i = 0; i < sizeof kinds / sizeof *kinds; i++) if (kinds[i].count == words) return kinds[i].distance;
	return 0;
}

static char *leave(void)
{
	if (!seeded) seed(1, distance_of(count));
	state->header = count << 16 | front << 8 | rear;
	return (char *)state;
}

void __javix_srandom(unsigned value)
{
	LOCK(lock);
	seed(value, distance_of(count));
	UNLOCK(lock);
}
weak_alias(__javix_srandom, srandom);

long __javix_random(void)
{
	LOCK(lock);
	if (!seeded) seed(1, distance_of(count));
	long result = next();
	UNLOCK(lock);
	return result;
}
weak_alias(__javix_random, random);

char *initstate(unsigned value, char *memory, size_t size)
{
	if (size < kinds[0].size) return 0;
	int kind = 0;
	while (kind + 1 < sizeof kinds / sizeof *kinds && size >= kinds[kind + 1].size) kind++;
	LOCK(lock);
	char *old = leave();
	state = (void *)memory;
	count = kinds[kind].count;
	seed(value, kinds[kind].distance);
	leave();
	UNLOCK(lock);
	return old;
}

char *setstate(char *memory)
{
	LOCK(lock);
	char *old = leave();
	state = (void *)memory;
	count = state->header >> 16;
	front = state->header >> 8 & 255;
	rear = state->header & 255;
	UNLOCK(lock);
	return old;
}
