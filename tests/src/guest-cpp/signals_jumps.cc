/* Signals and jumps among frames of C++. */
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

static sigjmp_buf back;
static volatile sig_atomic_t got;

static void note(int signal) { got = signal; }
static void jump(int signal) { siglongjmp(back, signal); }

static int jumps(int depth)
{
	if (depth == 0) siglongjmp(back, 100);
	return jumps(depth - 1) + 1;
}

int main()
{
	std::signal(SIGUSR1, note);
	try {
		std::raise(SIGUSR1);
		throw std::runtime_error("after a signal");
	} catch (const std::exception &error) {
		std::printf("%d %s\n", got == SIGUSR1, error.what());
	}
	if (int value = sigsetjmp(back, 1)) std::printf("jumped: %d\n", value);
	else jumps(10);
	char *page = static_cast<char *>(mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	std::signal(SIGSEGV, jump);
	if (int value = sigsetjmp(back, 1)) std::printf("fault: %d\n", value == SIGSEGV);
	else page[5] = 1;
	for (int i = 0; i < 3; i++) {
		try {
			if (sigsetjmp(back, 1)) throw i;
			std::raise(SIGSEGV);
		} catch (int value) {
			std::printf("thrown after a jump: %d\n", value);
		}
	}
}
