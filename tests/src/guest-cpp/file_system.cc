/* std::filesystem: paths, directories, links, permissions, times and errors. */
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

static void list(const fs::path &directory)
{
	std::vector<std::string> found;
	for (const auto &entry : fs::recursive_directory_iterator(directory))
		found.push_back(entry.path().generic_string() + (entry.is_symlink() ? "@" : entry.is_directory() ? "/" : " " + std::to_string(entry.file_size())));
	std::sort(found.begin(), found.end());
	for (const auto &line : found) std::cout << line << '\n';
}

static void refused(const char *what, std::error_code error)
{
	std::cout << what << ": " << error.value() << ' ' << (error == std::errc::no_such_file_or_directory) << '\n';
}

int main()
{
	fs::path path("/usr/./lib/../bin//tool.tar.gz");
	std::cout << path.lexically_normal() << ' ' << path.stem() << ' ' << path.extension() << ' ' << path.parent_path() << '\n';
	std::cout << fs::path("/a/b/c").lexically_relative("/a/d") << ' ' << (fs::path("x") / "y") << ' ' << (fs::path("x") / "/y") << '\n';
	std::cout << fs::create_directories("tree/one/two") << fs::create_directories("tree/one/two") << '\n';
	std::ofstream("tree/one/file") << "content";
	std::ofstream("tree/empty");
	fs::create_symlink("one/file", "tree/link");
	fs::create_directory_symlink("one", "tree/directory");
	fs::create_hard_link("tree/one/file", "tree/hard");
	list("tree");
	std::cout << fs::hard_link_count("tree/hard") << ' ' << fs::equivalent("tree/hard", "tree/link") << ' ' << fs::read_symlink("tree/link")
		<< ' ' << fs::is_empty("tree/empty") << fs::is_empty("tree/one/two") << fs::is_empty("tree") << '\n';
	fs::copy("tree", "copy", fs::copy_options::recursive | fs::copy_options::copy_symlinks);
	list("copy");
	fs::resize_file("copy/hard", 100000);
	fs::copy_file("copy/hard", "copy/large");
	std::cout << fs::file_size("copy/large") << ' ' << fs::copy_file("copy/hard", "copy/large", fs::copy_options::skip_existing) << '\n';
	fs::permissions("copy/hard", fs::perms::owner_read | fs::perms::group_read);
	fs::permissions("copy/hard", fs::perms::others_exec, fs::perm_options::add);
	std::cout << std::oct << static_cast<int>(fs::status("copy/hard").permissions()) << std::dec << '\n';
	fs::last_write_time("copy/hard", fs::last_write_time("tree/hard") - std::chrono::hours(1));
	std::cout << (fs::last_write_time("tree/hard") - fs::last_write_time("copy/hard") == std::chrono::hours(1)) << '\n';
	fs::rename("copy/one", "copy/renamed");
	std::cout << fs::exists("copy/one") << fs::exists("copy/renamed/file") << fs::exists("copy/link") << fs::is_symlink("copy/link") << '\n';
	std::cout << fs::canonical("tree/directory/../one/two").filename() << ' ' << fs::weakly_canonical("tree/none/../one").filename() << '\n';
	fs::path here = fs::current_path();
	fs::current_path("tree/one");
	std::cout << fs::relative(here) << ' ' << fs::absolute("file").parent_path().filename() << '\n';
	fs::current_path(here);
	std::error_code error;
	fs::remove("none/none", error);
	refused("remove of nothing", error);
	fs::remove("tree", error);
	refused("remove of a full directory", error);
	fs::create_directory("none/none", error);
	refused("create_directory", error);
	fs::directory_iterator(fs::path("none"), error);
	refused("directory_iterator", error);
	try {
		fs::file_size("none");
	} catch (const fs::filesystem_error &thrown) {
		std::cout << thrown.path1() << ' ' << thrown.code().value() << '\n';
	}
	std::cout << fs::remove_all("tree") << ' ' << fs::remove_all("copy") << ' ' << fs::exists("tree") << '\n';
	std::cout << (fs::space("/tmp").capacity > 0) << fs::is_character_file("/dev/null") << ' ' << fs::temp_directory_path() << '\n';
}
