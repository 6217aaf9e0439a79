/* Computes for hours without a loop: each of these functions calls the one before it twice. */
static volatile int count;

#define FIRST(name) static __attribute__((noinline)) void name(void) { count++; }
#define NEXT(name, before) static __attribute__((noinline)) void name(void) { before(); count++; before(); count--; }
#define TEN(name, before) \
	NEXT(name##0, before) NEXT(name##1, name##0) NEXT(name##2, name##1) NEXT(name##3, name##2) NEXT(name##4, name##3) \
	NEXT(name##5, name##4) NEXT(name##6, name##5) NEXT(name##7, name##6) NEXT(name##8, name##7) NEXT(name##9, name##8)

FIRST(a)
TEN(b, a)
TEN(c, b9)
TEN(d, c9)
TEN(e, d9)

int main(void)
{
	e9();
}
