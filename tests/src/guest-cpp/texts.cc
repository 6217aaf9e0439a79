/* Regular expressions, conversions of numbers, sorting and containers. */
#include <algorithm>
#include <bitset>
#include <charconv>
#include <complex>
#include <cstdint>
#include <iostream>
#include <map>
#include <numeric>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

static void number(double value)
{
	char text[64];
	for (auto format : { std::chars_format::general, std::chars_format::fixed, std::chars_format::hex }) {
		auto [end, error] = std::to_chars(text, text + sizeof text, value, format);
		std::cout << (error == std::errc() ? std::string(text, end) : "too long") << ' ';
	}
	std::cout << '\n';
}

int main()
{
	std::string text = "The 3 quick foxes, 12 lazy dogs and 1.5 cats";
	std::regex numbers(R"((\d+)(\.\d+)?\s+(\w+))");
	for (std::sregex_iterator at(text.begin(), text.end(), numbers), end; at != end; ++at)
		std::cout << (*at)[1] << '|' << (*at)[2] << '|' << (*at)[3] << " at " << at->position() << '\n';
	std::cout << std::regex_replace(text, std::regex("([a-z])\\1|o"), "<$&>") << '\n';
	std::cout << std::regex_match("ABC", std::regex("a.c", std::regex::icase)) << std::regex_search("x=1", std::regex("^[[:alpha:]]=[[:digit:]]$"))
		<< std::regex_match("aab", std::regex("(a)(?=a).*(?!c)b")) << std::regex_match("ab", std::regex("a*b", std::regex::extended)) << '\n';
	for (const char *bad : { "(", "a{2,1}", "*" })
		try {
			std::regex made(bad);
			std::cout << bad << " is made\n";
		} catch (const std::regex_error &) {
			std::cout << bad << " is refused\n";
		}
	for (double value : { 0.1, 1.0 / 3, 1e22, 123456789.125, -0.0, 5e-324 }) number(value);
	int parsed = 0;
	std::string digits = "-2147483648x";
	auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
	std::cout << parsed << *rest << ' ' << (std::from_chars("99999999999", "99999999999" + 11, parsed).ec == std::errc::result_out_of_range) << '\n';
	std::cout << std::stod("2.5e3") << ' ' << std::stol("-0x1f", nullptr, 16) << ' ' << std::to_string(1.5) << ' ' << std::stoull("18446744073709551615") << '\n';
	try {
		(void)std::stoi("none");
	} catch (const std::invalid_argument &) {
		std::cout << "invalid argument\n";
	}
	std::mt19937 random(42);
	std::vector<uint32_t> values(1000);
	std::generate(values.begin(), values.end(), std::ref(random));
	std::stable_sort(values.begin(), values.end(), [](auto a, auto b) { return a % 1000 < b % 1000; });
	std::cout << values[0] << ' ' << values[999] << ' ' << std::accumulate(values.begin(), values.end(), uint64_t(0)) << '\n';
	std::map<std::string, int> words;
	std::unordered_map<std::string, int> counted;
	for (const char *word : { "b", "a", "c", "a" }) words[word]++, counted[word]++;
	for (auto &[word, count] : words) std::cout << word << count << (counted[word] == count);
	std::cout << '\n' << std::bitset<12>(0xabc) << ' ' << std::complex<double>(1, 2) * std::complex<double>(3, -1) << ' ' << std::gcd(84, 36) << '\n';
	std::set<int> set{5, 1, 3};
	std::cout << *set.lower_bound(2) << ' ' << std::string(3, 'x') + "y" << '\n';
}
