/* Exceptions unwind frames with destructors, inner ones first, and are caught by type. */
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

struct Guard {
	const char *name;
	explicit Guard(const char *name) : name(name) { std::printf("+%s\n", name); }
	~Guard() { std::printf("-%s, %d in flight\n", name, std::uncaught_exceptions()); }
};

struct Base { virtual ~Base() = default; virtual const char *name() const { return "base"; } };
struct Left : virtual Base { const char *name() const override { return "left"; } };
struct Right : virtual Base { };
struct Both : Left, Right { const char *name() const override { return "both"; } };

static void throws(int what)
{
	Guard guard("throws");
	switch (what) {
	case 0: throw 42;
	case 1: throw "text";
	case 2: throw std::out_of_range("range");
	case 3: throw Both();
	case 4: throw static_cast<Left *>(new Both);
	case 5: throw nullptr;
	case 6: throw std::string("string");
	}
}

static void middle(int what)
{
	Guard outer("outer");
	try {
		Guard inner("inner");
		throws(what);
		std::puts("nothing thrown");
	} catch (const std::logic_error &error) {
		std::printf("logic error %s\n", error.what());
		throw;
	} catch (const Right &right) {
		std::printf("right: %s\n", right.name());
	}
}

struct Member { Member(int value) { if (value) throw value; } ~Member() { std::puts("-member"); } };

struct Whole {
	Guard first;
	Member second, third;
	Whole(int two, int three) try : first("first"), second(two), third(three) {
		std::puts("whole");
	} catch (int which) {
		std::printf("function try: %d\n", which);
	}
	~Whole() { std::puts("-whole"); }
};

/* An exception that is thrown and caught in a destructor while another one is in flight. */
struct Careful {
	~Careful() {
		try {
			Guard guard("within");
			throw 7;
		} catch (int value) {
			std::printf("caught %d, %d in flight\n", value, std::uncaught_exceptions());
		}
	}
};

static void nested(int depth)
{
	try {
		if (depth == 0) throw std::runtime_error("bottom");
		nested(depth - 1);
	} catch (...) {
		std::throw_with_nested(std::runtime_error("level " + std::to_string(depth)));
	}
}

static void tell(const std::exception &error)
{
	std::puts(error.what());
	try {
		std::rethrow_if_nested(error);
	} catch (const std::exception &inner) {
		tell(inner);
	}
}

static int deep(int depth)
{
	struct Count { int *count; ~Count() { ++*count; } };
	static int count;
	Count counter{&count};
	if (depth == 0) throw &count;
	return deep(depth - 1) + 1;
}

int main()
{
	for (int what = 0; what < 8; what++) {
		try {
			middle(what);
		} catch (int value) {
			std::printf("int %d\n", value);
		} catch (const char *text) {
			std::printf("text %s\n", text);
		} catch (std::exception &error) {
			std::printf("exception %s\n", error.what());
		} catch (Base *base) {
			std::printf("pointer to %s\n", base ? base->name() : "nothing");
			delete base;
		} catch (...) {
			std::puts("something else");
		}
	}
	for (int which = 0; which < 3; which++) {
		try {
			Whole whole(which == 1, which == 2 ? 2 : 0);
		} catch (int value) {
			std::printf("constructor threw %d\n", value);
		}
	}
	try {
		Careful careful;
		throw 'x';
	} catch (char value) {
		std::printf("%c\n", value);
	}
	try {
		nested(3);
	} catch (const std::exception &error) {
		tell(error);
	}
	std::exception_ptr kept;
	try {
		throw std::range_error("kept");
	} catch (...) {
		kept = std::current_exception();
	}
	for (int round = 0; round < 2; round++) {
		try {
			std::rethrow_exception(kept);
		} catch (const std::runtime_error &error) {
			std::puts(error.what());
		}
	}
	try {
		deep(2000);
	} catch (int *count) {
		std::printf("%d destructors\n", *count);
	}
}
