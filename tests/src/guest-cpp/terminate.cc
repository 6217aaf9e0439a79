/* What ends a program: std::terminate, whose handler knows the exception, and SIGABRT. */
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <thread>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static void handler()
{
	try {
		if (std::exception_ptr current = std::current_exception()) std::rethrow_exception(current);
		std::puts("handler: no exception");
	} catch (const std::exception &error) {
		std::printf("handler: %s\n", error.what());
	} catch (...) {
		std::puts("handler: something");
	}
	std::fflush(stdout);
	std::_Exit(3);
}

template <typename Body> static void child(const char *what, bool handled, Body body)
{
	std::fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		int nothing = open("/dev/null", O_WRONLY);
		dup2(nothing, 2);
		if (handled) std::set_terminate(handler);
		body();
		std::_Exit(0);
	}
	int status;
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status)) std::printf("%s: signal %d\n", what, WTERMSIG(status));
	else std::printf("%s: exit %d\n", what, WEXITSTATUS(status));
}

struct Throws { ~Throws() noexcept(false) { throw 2; } };

static void promised() noexcept
{
	throw std::runtime_error("promised");
}

static void in_thread()
{
	std::thread thread([] { throw std::runtime_error("thread"); });
	thread.join();
}

int main()
{
	for (bool handled : { false, true }) {
		child("terminate", handled, [] { std::terminate(); });
		child("uncaught", handled, [] { throw std::runtime_error("uncaught"); });
		child("uncaught int", handled, [] { throw 1; });
		child("nothing to rethrow", handled, [] { throw; });
		child("in a thread", handled, in_thread);
		child("a thread that nobody joined", handled, [] { std::thread thread([] { pause(); }); });
		child("at exit", handled, [] { std::atexit([] { throw std::runtime_error("at exit"); }); std::exit(0); });
	}
	/* Here clang does not tell the handler the exception on WebAssembly. */
	child("noexcept", false, promised);
	child("two at once", false, [] { Throws throws; throw std::runtime_error("first"); });
	child("abort", true, [] { std::abort(); });
	child("a handler of the signal", false, [] {
		std::signal(SIGABRT, [](int) { std::_Exit(5); });
		throw std::runtime_error("uncaught");
	});
	std::fflush(stdout);
	close(2);
	throw std::runtime_error("the program's own end");
}
