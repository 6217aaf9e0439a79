// C++'s standard library: streams, containers, strings, virtual functions.
// stdin: to be or not to be
// stdout: be 2
// stdout: not 1
// stdout: or 1
// stdout: to 2
// exit: 3
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

struct Shape {
    virtual ~Shape() = default;
    virtual int corners() const = 0;
};

struct Triangle : Shape {
    int corners() const override { return 3; }
};

int main() {
    std::map<std::string, int> words;
    for (std::string word; std::cin >> word;) {
        words[word]++;
    }
    for (const auto &[word, count] : words) {
        std::cout << word << ' ' << count << '\n';
    }
    std::vector<int> numbers{3, 1, 2};
    std::sort(numbers.begin(), numbers.end());
    std::ostringstream text;
    for (int number : numbers) {
        text << number << ' ';
    }
    if (text.str() != "1 2 3 ") {
        return 1;
    }
    std::unique_ptr<Shape> shape = std::make_unique<Triangle>();
    return shape->corners();
}
