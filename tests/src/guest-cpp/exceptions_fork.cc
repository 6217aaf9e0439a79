/* A process may fork wherever an exception is: being thrown, caught, or kept. */
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

static const char *who = "parent";

static void say(const char *what)
{
	std::printf("%s: %s\n", who, what);
	std::fflush(stdout);
}

/* The child goes on first, then the parent. */
static bool split()
{
	std::fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		who = "child";
		return true;
	}
	int status;
	waitpid(pid, &status, 0);
	std::printf("parent: child gave %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
	return false;
}

struct Forks {
	bool *child;
	~Forks() { *child = split(); say("leaving a frame"); }
};

static void in_destructor()
{
	bool child = false;
	try {
		Forks forks{&child};
		throw std::runtime_error("thrown before the fork");
	} catch (const std::exception &error) {
		say(error.what());
	}
	if (child) std::exit(1);
}

static void in_handler()
{
	bool child = false;
	try {
		try {
			throw std::runtime_error("caught before the fork");
		} catch (const std::exception &error) {
			child = split();
			say(error.what());
			throw;
		}
	} catch (const std::runtime_error &error) {
		say("caught again");
	}
	if (child) std::exit(2);
}

static void before_throwing(int depth)
{
	struct Leaves { ~Leaves() { if (std::uncaught_exceptions()) say("unwinding"); } } leaves;
	if (depth) return before_throwing(depth - 1);
	if (split()) throw 3;
	throw 4;
}

int main()
{
	in_destructor();
	in_handler();
	try {
		before_throwing(2);
	} catch (int value) {
		std::printf("%s: %d\n", who, value);
		if (value == 3) std::exit(3);
	}
	std::exception_ptr kept;
	try { throw std::logic_error("kept"); } catch (...) { kept = std::current_exception(); }
	bool child = split();
	try { std::rethrow_exception(kept); } catch (const std::logic_error &error) { say(error.what()); }
	if (child) std::exit(4);
}
