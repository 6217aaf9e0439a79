#include <stdio.h>
#include <string.h>
#include <stdint.h>
#include "../nscd.h"

/* There is no name service daemon to ask: users and groups are those of /etc/passwd and /etc/group. An empty
 * answer means "not found". */
FILE *__nscd_query(int32_t request, const char *key, int32_t *answer, size_t length, int *swap)
{
	*swap = 0;
	memset(answer, 0, length);
	answer[0] = NSCDVERSION;
	return fopen("/dev/null", "re");
}
