/* Static objects are made in their order, and destroyed in the opposite one, between functions of atexit. */
#include <cstdio>
#include <cstdlib>
#include <memory>

struct Named {
	const char *name;
	Named(const char *name) : name(name) { std::printf("+%s\n", name); }
	~Named() { std::printf("-%s\n", name); }
};

static Named first("first");
static Named &local();
static Named second(local().name);
extern Named third;
Named third("third");
static int zero;
static int computed = [] { std::printf("zero %d\n", zero); return zero + 1; }();
static std::shared_ptr<Named> shared = std::make_shared<Named>("shared");

static Named &local()
{
	static Named named("local");
	return named;
}

__attribute__((constructor)) static void before() { std::puts("constructor function"); }

struct Throwing { Throwing() { static int tries; if (++tries < 3) throw tries; std::puts("made at last"); } };

int main()
{
	std::atexit([] { std::puts("atexit 1"); });
	static Named in_main("in main");
	std::atexit([] { std::puts("atexit 2"); static Named late("made at exit"); });
	for (int i = 0; i < 4; i++) {
		try {
			static Throwing throwing;
			std::puts("there");
		} catch (int tries) {
			std::printf("try %d\n", tries);
		}
	}
	std::printf("main %d\n", computed);
	std::exit(6);
}
