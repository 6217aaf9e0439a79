/* new without memory: std::bad_alloc, its handler and the forms that do not throw. */
#include <cstdio>
#include <cstdint>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>
#include <string>
#include <sys/resource.h>

struct Large { char bytes[1 << 20]; };
static std::unique_ptr<Large[]> reserve;
static int calls;
/* What is made is kept here, since a compiler may leave out what nobody looks at. */
static void *volatile made;

static void release()
{
	calls++;
	if (!reserve) throw std::runtime_error("nothing left");
	reserve.reset();
}

int main()
{
	reserve = std::make_unique<Large[]>(40);
	struct rlimit limit = { 400 << 20, 400 << 20 };
	setrlimit(RLIMIT_AS, &limit);
	std::vector<std::unique_ptr<Large>> held;
	try {
		for (int i = 0; i < 1000; i++) held.push_back(std::unique_ptr<Large>(new Large));
		std::puts("no limit?");
	} catch (const std::bad_alloc &) {
		std::printf("bad_alloc, some made: %d\n", held.size() > 100);
	}
	made = new (std::nothrow) Large[100];
	std::printf("nothrow: %d\n", made == nullptr);
	std::set_new_handler(release);
	try {
		for (;;) held.push_back(std::unique_ptr<Large>(new Large));
	} catch (const std::runtime_error &error) {
		std::printf("%s after %d calls\n", error.what(), calls);
	}
	std::set_new_handler(nullptr);
	held.clear();
	held.shrink_to_fit();
	made = new (std::nothrow) Large;
	std::printf("again: %d\n", made != nullptr);
	volatile size_t many = SIZE_MAX / 2;
	try {
		made = new uint64_t[many];
	} catch (const std::bad_alloc &) {
		std::puts("more than there are addresses");
	}
	try {
		std::string text;
		text.reserve(text.max_size() + 1);
	} catch (const std::length_error &) {
		std::puts("length_error");
	}
	struct alignas(4096) Aligned { char bytes[4096]; };
	auto aligned = std::make_unique<Aligned>();
	std::printf("aligned: %d\n", reinterpret_cast<uintptr_t>(aligned.get()) % 4096 == 0);
}
