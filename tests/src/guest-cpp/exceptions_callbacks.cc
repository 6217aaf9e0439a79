/* Exceptions go through frames of C: the library's own functions that call back. */
#include <cstdio>
#include <cstdlib>
#include <algorithm>
#include <functional>
#include <stdexcept>
#include <search.h>

static int calls;

static int compare(const void *a, const void *b)
{
	if (++calls == 3) throw std::runtime_error("third comparison");
	return *static_cast<const int *>(a) - *static_cast<const int *>(b);
}

static int order(const void *a, const void *b)
{
	return *static_cast<const int *>(a) - *static_cast<const int *>(b);
}

static void visit(const void *node, VISIT which, int)
{
	int value = **static_cast<int *const *>(node);
	if ((which == postorder || which == leaf) && value == 5) throw value;
}

int main()
{
	int numbers[] = { 5, 2, 8, 1, 9, 3 };
	struct Leaves { ~Leaves() { std::printf("unwound after %d calls\n", calls); } };
	try {
		Leaves leaves;
		std::qsort(numbers, 6, sizeof *numbers, compare);
		std::puts("sorted?");
	} catch (const std::exception &error) {
		std::puts(error.what());
	}
	std::qsort(numbers, 6, sizeof *numbers, order);
	for (int number : numbers) std::printf("%d ", number);
	std::puts("");
	calls = 2;
	int key = 3;
	try {
		std::bsearch(&key, numbers, 6, sizeof *numbers, compare);
	} catch (const std::exception &error) {
		std::puts(error.what());
	}
	void *root = nullptr;
	for (int &number : numbers) tsearch(&number, &root, order);
	try {
		twalk(root, visit);
	} catch (int value) {
		std::printf("walked to %d\n", value);
	}
	std::function<int(int)> function;
	try {
		function(1);
	} catch (const std::bad_function_call &) {
		std::puts("bad function call");
	}
	function = [&](int depth) { if (!depth) throw depth; return function(depth - 1); };
	try {
		function(50);
	} catch (int depth) {
		std::printf("depth %d\n", depth);
	}
}
