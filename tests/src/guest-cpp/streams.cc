/* Streams: formats, conversions, files and wide characters. */
#include <cstdio>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <locale>
#include <sstream>
#include <string>

struct Comma : std::numpunct<char> {
	char do_thousands_sep() const override { return ','; }
	std::string do_grouping() const override { return "\3"; }
	char do_decimal_point() const override { return '!'; }
	std::string do_truename() const override { return "yes"; }
};

int main()
{
	std::cout << 1 << ' ' << -2L << ' ' << 3.5 << ' ' << 1e100 << ' ' << true << ' ' << std::boolalpha << false << '\n';
	std::cout << std::hex << std::showbase << 255 << ' ' << std::oct << 8 << std::dec << ' ' << std::setw(8) << std::setfill('*') << 42
		<< std::left << std::setw(6) << -7 << std::internal << std::setw(6) << -7 << '\n';
	std::cout << std::fixed << std::setprecision(3) << 3.14159 << ' ' << std::scientific << 12345.678 << ' ' << std::defaultfloat
		<< std::setprecision(17) << 0.1 << ' ' << std::hexfloat << 1.0 << std::defaultfloat << '\n';
	std::cout << std::numeric_limits<double>::infinity() << ' ' << std::showpos << 5 << std::noshowpos << ' ' << std::uppercase << 1e-20
		<< std::nouppercase << ' ' << std::quoted("a \"quoted\" text") << '\n';
	std::istringstream in("12 0x1f 3.5e2 word  nan? 99999999999 rest of line\nnext");
	int a, b;
	double c;
	std::string word, line;
	in >> a >> std::hex >> b >> std::dec >> c >> word;
	std::cout << a << ' ' << b << ' ' << c << ' ' << word << '\n';
	int bad = 1;
	in >> bad;
	std::cout << bad << ' ' << in.fail() << in.eof() << '\n';
	in.clear();
	in >> word >> bad;
	std::cout << bad << ' ' << in.fail() << '\n';
	in.clear();
	std::getline(in, line);
	std::cout << '[' << line << "]\n";
	std::getline(in, line);
	std::cout << '[' << line << "] " << in.eof() << '\n';
	try {
		in.exceptions(std::ios::failbit | std::ios::eofbit);
		in >> a;
	} catch (const std::ios_base::failure &) {
		std::cout << "failure\n";
	}
	{
		std::fstream file("stream.txt", std::ios::in | std::ios::out | std::ios::trunc);
		for (int i = 0; i < 2000; i++) file << i << '\n';
		file.seekg(100);
		file >> a >> b;
		std::cout << a << ' ' << b << ' ' << file.tellg() << '\n';
		file.seekp(0);
		file << "XY";
		file.seekg(-5, std::ios::end);
		file >> line;
		std::cout << line << '\n';
	}
	std::ifstream file("stream.txt");
	std::string all{std::istreambuf_iterator<char>(file), {}};
	std::cout << all.size() << ' ' << all.substr(0, 8) << '\n';
	std::ifstream none("missing.txt");
	std::cout << none.is_open() << none.good() << '\n';
	std::ostringstream commas;
	commas.imbue(std::locale(std::locale::classic(), new Comma));
	commas << 1234567 << ' ' << 2.5 << ' ' << std::boolalpha << true;
	std::cout << commas.str() << ' ' << std::locale().name() << '\n';
	std::wostringstream wide;
	wide << L"wide " << 12 << L' ' << 1.5;
	std::wcout << wide.str().size() << std::endl;
	std::cout << std::use_facet<std::ctype<char>>(std::locale()).toupper('q')
		<< std::isalpha('q', std::locale()) << std::isdigit('q', std::locale()) << '\n';
	std::printf("printf between\n");
	std::cerr << "an error\n";
	std::clog << "a log" << std::endl;
	std::cout << std::put_time(std::gmtime(&(const std::time_t &)(std::time_t)86400), "%Y-%m-%d %H:%M:%S %a %b") << '\n';
}
