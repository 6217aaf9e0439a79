/* Variables of a thread are made when it first uses them, and destroyed when it ends, last made first. */
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <sys/wait.h>
#include <unistd.h>

struct Named {
	std::string name;
	Named(const char *name) : name(name) { std::printf("+%s\n", name); }
	~Named() { std::printf("-%s\n", name.c_str()); }
};

static thread_local int plain = 5;
static thread_local Named local("local");

static Named &function_local()
{
	static thread_local Named named("function local");
	return named;
}

struct Holder { static thread_local std::unique_ptr<Named> member; };
thread_local std::unique_ptr<Named> Holder::member = std::make_unique<Named>("member");

static void use(const char *who)
{
	plain++;
	function_local().name += who;
	local.name += who;
	Holder::member->name += who;
	std::printf("%s: %d\n", who, plain);
}

int main()
{
	use(" of main");
	for (int i = 0; i < 2; i++) std::thread(use, " of a thread").join();
	std::thread([] { std::puts("uses nothing"); }).join();
	std::thread([] { std::thread(use, " of an inner thread").join(); use(" of an outer thread"); }).join();
	std::fflush(stdout);
	if (pid_t pid = fork()) {
		waitpid(pid, nullptr, 0);
	} else {
		local.name += " of the child";
		std::thread(use, " of the child's thread").join();
	}
	std::puts("end of main");
}
