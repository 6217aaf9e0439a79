#include <spawn.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Searches PATH as execvp does. */
int posix_spawnp(pid_t *restrict result, const char *restrict file,
	const posix_spawn_file_actions_t *file_actions,
	const posix_spawnattr_t *restrict attributes,
	char *const argv[restrict], char *const envp[restrict])
{
	if (!*file) return ENOENT;
	if (strchr(file, '/')) return posix_spawn(result, file, file_actions, attributes, argv, envp);

	const char *path = getenv("PATH");
	if (!path) path = "/usr/local/bin:/bin:/usr/bin";
	size_t length = strlen(file);
	if (length > NAME_MAX) return ENAMETOOLONG;
	char candidate[PATH_MAX + NAME_MAX + 2];
	int denied = 0;
	for (const char *end; ; path = end + 1) {
		end = path + strcspn(path, ":");
		size_t directory = end - path;
		if (directory < PATH_MAX) {
			memcpy(candidate, path, directory);
			if (directory) candidate[directory++] = '/';
			memcpy(candidate + directory, file, length + 1);
			int error = posix_spawn(result, candidate, file_actions, attributes, argv, envp);
			switch (error) {
			case EACCES:
				denied = 1;
			case ENOENT:
			case ENOTDIR:
				break;
			default:
				return error;
			}
		}
		if (!*end) return denied ? EACCES : ENOENT;
	}
}
