// C++'s exceptions: thrown through calls and virtual calls, caught by base class, rethrown, with destructors on the way.
// stdout: caught broken: 7
// stdout: number 5
// stdout: anything
// stdout: inner then outer: again
// stdout: destroyed 1003
// stdout: from a callback
// stdout: sum 499500
#include <algorithm>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

static int destroyed;

struct Guard {
    ~Guard() { destroyed++; }
};

struct Broken : std::runtime_error {
    explicit Broken(int part) : std::runtime_error("broken: " + std::to_string(part)) {}
};

struct Task {
    virtual ~Task() = default;
    virtual void run(int depth) = 0;
};

struct Failing : Task {
    void run(int depth) override {
        Guard guard;
        if (depth == 0) {
            throw Broken(7);
        }
        run(depth - 1);
    }
};

static void rethrow() {
    Guard guard;
    try {
        Guard inner;
        throw std::logic_error("again");
    } catch (const std::logic_error &) {
        std::cout << "inner then ";
        throw;
    }
}

int main() {
    Failing failing;
    Task &task = failing;
    try {
        task.run(1000);
    } catch (const std::exception &error) {
        std::cout << "caught " << error.what() << std::endl;
    }
    try {
        throw 5;
    } catch (const std::string &) {
        std::cout << "wrong" << std::endl;
    } catch (int number) {
        std::cout << "number " << number << std::endl;
    }
    try {
        throw Guard();
    } catch (...) {
        std::cout << "anything" << std::endl;
    }
    destroyed--;
    try {
        rethrow();
    } catch (const std::exception &error) {
        std::cout << "outer: " << error.what() << std::endl;
    }
    std::cout << "destroyed " << destroyed << std::endl;
    std::vector<int> numbers{3, 1, 2};
    try {
        std::sort(numbers.begin(), numbers.end(), [](int, int) -> bool { throw std::domain_error("from a callback"); });
    } catch (const std::domain_error &error) {
        std::cout << error.what() << std::endl;
    }
    long sum = 0;
    for (int i = 0; i < 1000; i++) {
        try {
            throw i;
        } catch (int value) {
            sum += value;
        }
    }
    std::cout << "sum " << sum << std::endl;
    return 0;
}
