// Loops that a compiler turns into vector instructions, of every type and with mixed widths.
#include "check.h"
#include <stdint.h>

#ifdef __wasm__
#pragma clang attribute push(__attribute__((target("simd128"))), apply_to = function)
#define VECTORS _Pragma("clang loop vectorize(enable) interleave(enable)")
#else
#define VECTORS
#endif

#define N 1003

static uint8_t bytes[N], other_bytes[N];
static int8_t chars[N];
static int16_t shorts[N], other_shorts[N];
static uint16_t words[N];
static int32_t ints[N], other_ints[N];
static uint32_t unsigned_ints[N];
static int64_t longs[N];
static float floats[N];
static double doubles[N];

static uint64_t hash(const void *data, size_t size)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < size; i++) h = (h ^ ((const uint8_t *) data)[i]) * 1099511628211u;
	return h;
}

#define SHOW(array) say("%-14s %016llx\n", #array, (unsigned long long) hash(array, sizeof array))

__attribute__((noinline)) static void blend(uint8_t *to, const uint8_t *from, int n)
{
	VECTORS for (int i = 0; i < n; i++) {
		int sum = to[i] + from[i];
		to[i] = sum > 255 ? 255 : sum;
	}
}

__attribute__((noinline)) static void average(uint8_t *to, const uint8_t *from, int n)
{
	VECTORS for (int i = 0; i < n; i++) to[i] = (to[i] + from[i] + 1) >> 1;
}

__attribute__((noinline)) static void clamp(int16_t *to, const int32_t *from, int n)
{
	VECTORS for (int i = 0; i < n; i++) to[i] = from[i] < -32768 ? -32768 : from[i] > 32767 ? 32767 : from[i];
}

__attribute__((noinline)) static void absolute(int8_t *to, const int16_t *from, int n)
{
	VECTORS for (int i = 0; i < n; i++) {
		int x = from[i] >> 8;
		to[i] = x < 0 ? -x : x;
	}
}

__attribute__((noinline)) static unsigned dot(const int16_t *a, const int16_t *b, int n)
{
	unsigned sum = 0;
	VECTORS for (int i = 0; i < n; i++) sum += (unsigned) (a[i] * b[i]);
	return sum;
}

__attribute__((noinline)) static uint64_t long_dot(const int32_t *a, const int32_t *b, int n)
{
	uint64_t sum = 0;
	VECTORS for (int i = 0; i < n; i++) sum += (uint64_t) ((int64_t) a[i] * b[i]);
	return sum;
}

__attribute__((noinline)) static void compare(int32_t *to, const int32_t *a, const uint32_t *b, int n)
{
	VECTORS for (int i = 0; i < n; i++) {
		uint32_t least = a[i] < (int32_t) b[i] ? (uint32_t) a[i] : b[i];
		to[i] = least + ((uint32_t) a[i] > b[i]) * 17 + ((uint32_t) a[i] << 3) + (uint32_t) (a[i] >> 5) + (b[i] >> 7);
	}
}

__attribute__((noinline)) static void widen(int64_t *to, const int8_t *a, const uint16_t *b, int n)
{
	VECTORS for (int i = 0; i < n; i++) to[i] = (int64_t) a[i] * b[i] - ((int64_t) b[i] << 33);
}

__attribute__((noinline)) static void reverse(uint8_t *to, const uint8_t *from, int n)
{
	VECTORS for (int i = 0; i < n; i++) to[i] = from[n - 1 - i] ^ 0x5a;
}

__attribute__((noinline)) static void interleave(uint16_t *to, const uint8_t *a, const uint8_t *b, int n)
{
	VECTORS for (int i = 0; i < n; i++) to[i] = a[i] | b[i] << 8;
}

__attribute__((noinline)) static void convert(float *to, double *wide, const int32_t *a, const uint32_t *b, int n)
{
	VECTORS for (int i = 0; i < n; i++) {
		to[i] = (float) a[i] * 0.5f + (float) b[i];
		wide[i] = (double) to[i] / 3.0 - (double) a[i];
	}
}

__attribute__((noinline)) static void truncate_all(int32_t *to, uint32_t *positive, const float *from, int n)
{
	VECTORS for (int i = 0; i < n; i++) {
		to[i] = (int32_t) (from[i] * 0.25f);
		positive[i] = (uint32_t) (from[i] < 0 ? -from[i] * 0.25f : from[i] * 0.25f);
	}
}

__attribute__((noinline)) static int count(const uint8_t *in, uint8_t wanted, int n)
{
	int found = 0;
	VECTORS for (int i = 0; i < n; i++) found += in[i] == wanted;
	return found;
}

int main(void)
{
	uint32_t seed = 1;
	for (int i = 0; i < N; i++) {
		seed = seed * 1664525 + 1013904223;
		bytes[i] = seed >> 24;
		other_bytes[i] = seed >> 16;
		shorts[i] = seed >> 13;
		other_shorts[i] = seed >> 11;
		words[i] = seed >> 15;
		ints[i] = seed * 2654435761u >> (seed >> 29);
		unsigned_ints[i] = seed ^ seed << 7;
		chars[i] = seed >> 21;
	}
	blend(bytes, other_bytes, N);
	SHOW(bytes);
	average(bytes + 1, other_bytes, N - 1);
	SHOW(bytes);
	clamp(shorts, ints, N);
	SHOW(shorts);
	absolute(chars, other_shorts, N);
	SHOW(chars);
	say("dot %u\n", dot(shorts, other_shorts, N));
	say("long_dot %llu\n", (unsigned long long) long_dot(ints, (const int32_t *) unsigned_ints, N));
	compare(other_ints, ints, unsigned_ints, N);
	SHOW(other_ints);
	widen(longs, chars, words, N);
	SHOW(longs);
	reverse(other_bytes, bytes, N);
	SHOW(other_bytes);
	interleave(words, bytes, other_bytes, N);
	SHOW(words);
	convert(floats, doubles, ints, unsigned_ints, N);
	SHOW(floats);
	SHOW(doubles);
	truncate_all(other_ints, unsigned_ints, floats, N);
	SHOW(other_ints);
	SHOW(unsigned_ints);
	say("count %d %d\n", count(bytes, 255, N), count(bytes, 0, N));
	return 0;
}

#ifdef __wasm__
#pragma clang attribute pop
#endif
