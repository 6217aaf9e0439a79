/*
 * Stands in for Python in Javix, where there is none: answers the two questions that tests put to the file system by
 * scripts in Python, and refuses everything else.
 *
 *   python3                             0: it is there
 *   python3 .../seek-data-capable FILE  0 if SEEK_DATA finds no data in FILE, which is a hole
 *   python3 .../d_type-check            0 if a directory's entries tell their types
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int seek_data_fails(const char *name)
{
	int file = open(name, O_RDONLY);
	return file >= 0 && lseek(file, 0, SEEK_DATA) < 0 && errno == ENXIO;
}

static int types_are_told(void)
{
	static const char name[] = "d_type.check";
	close(open(name, O_WRONLY | O_CREAT | O_EXCL, 0600));
	int told = 0;
	DIR *directory = opendir(".");
	for (struct dirent *entry; directory && (entry = readdir(directory)); )
		told |= strcmp(entry->d_name, name) == 0 && entry->d_type == DT_REG;
	unlink(name);
	return told;
}

int main(int argc, char **argv)
{
	const char *script = argc > 1 ? strrchr(argv[1], '/') : NULL;
	if (argc == 1)
		return 0;
	if (argc == 3 && script && strcmp(script, "/seek-data-capable") == 0)
		return !seek_data_fails(argv[2]);
	if (argc == 2 && script && strcmp(script, "/d_type-check") == 0)
		return !types_are_told();
	return 2;
}
