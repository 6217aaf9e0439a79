// Vectors that are alive across fork: operands, locals, arguments, results, in loops and past longjmp.
#include "check.h"

#ifdef __wasm__
#pragma clang attribute push(__attribute__((target("simd128"))), apply_to = function)
#endif

typedef int ints __attribute__((vector_size(16)));
typedef float floats __attribute__((vector_size(16)));
typedef unsigned char bytes __attribute__((vector_size(16)));

static jmp_buf buffer;

static void print_ints(const char *who, ints v)
{
	say("%s: %d %d %d %d\n", who, v[0], v[1], v[2], v[3]);
}

/* Forks with the argument and what was computed of it alive; the child goes on with other numbers. */
__attribute__((noinline)) static ints split(ints v, int depth)
{
	ints twice = v + v;
	if (depth > 0) return split(twice - 1, depth - 1) * 3 + v;
	pid_t child = fork();
	ints result = twice * (child == 0 ? 5 : 7) + v;
	if (child != 0) reap("split", child);
	return result;
}

__attribute__((noinline)) static floats accumulate(const float *numbers, int count)
{
	floats sum = {0, 0, 0, 0};
	for (int i = 0; i < count; i += 4) {
		floats part = {numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]};
		sum += part * (floats) {1, 0.5f, 0.25f, 2};
		if (i == 8) {
			pid_t child = fork();
			if (child == 0) sum = -sum;
			else reap("accumulate", child);
		}
	}
	return sum;
}

static ints (*volatile through_pointer)(ints, int) = split;

int main(void)
{
	pid_t self = getpid();
	ints v = {1, -2, 300, 40000};
	v = split(v, 0);
	print_ints(getpid() == self ? "parent" : "child", v);
	if (getpid() != self) _exit(1);
	v = through_pointer(v & 1023, 4);
	print_ints(getpid() == self ? "parent" : "child", v);
	if (getpid() != self) _exit(2);

	float numbers[32];
	for (int i = 0; i < 32; i++) numbers[i] = i * 0.75f;
	floats sum = accumulate(numbers, 32);
	say("%s: %g %g %g %g\n", getpid() == self ? "parent" : "child", sum[0], sum[1], sum[2], sum[3]);
	if (getpid() != self) _exit(3);

	bytes kept = {1, 2, 3, 4, 5, 6, 7, 8, 250, 251, 252, 253, 254, 255, 0, 128};
	if (setjmp(buffer) == 0) {
		bytes more = kept + 10;
		pid_t child = fork();
		if (child == 0) {
			kept = more;
			say("child: %d %d %d\n", kept[0], kept[8], kept[15]);
			_exit(kept[15] == 138 ? 4 : 5);
		}
		reap("setjmp", child);
		longjmp(buffer, 1);
	}
	say("after longjmp: %d %d %d\n", kept[0], kept[8], kept[15]);
	return 0;
}

#ifdef __wasm__
#pragma clang attribute pop
#endif
