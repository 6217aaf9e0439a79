/* copy_file_range, sendfile and splice: results, positions, refusals. */
#include "check.h"
#include <sys/sendfile.h>

static const char *outcome(long result)
{
	static char text[32];
	if (result >= 0) snprintf(text, sizeof text, "%ld", result);
	else switch (errno) {
	case EBADF: return "EBADF";
	case EINVAL: return "EINVAL";
	case EISDIR: return "EISDIR";
	case ESPIPE: return "ESPIPE";
	case EOVERFLOW: return "EOVERFLOW";
	case EFBIG: return "EFBIG";
	case EPIPE: return "EPIPE";
	case EAGAIN: return "EAGAIN";
	default: snprintf(text, sizeof text, "errno %d", errno);
	}
	return text;
}

#define SAY(expression) say("%s: %s\n", #expression, outcome(expression))

static void show(const char *path)
{
	char text[64] = "";
	int fd = open(path, O_RDONLY);
	int length = read(fd, text, sizeof text - 1);
	close(fd);
	for (int i = 0; i < length; i++) if (!text[i]) text[i] = '.';
	say("%s: %d '%s'\n", path, length, text);
}

int main(void)
{
	int in = open("in", O_RDWR | O_CREAT | O_TRUNC, 0644), out = open("out", O_RDWR | O_CREAT | O_TRUNC, 0644);
	int end = open("out", O_WRONLY | O_APPEND), dir = open(".", O_RDONLY), write_only = open("in", O_WRONLY);
	int pipes[2], more[2];
	pipe(pipes);
	pipe(more);
	write(in, "0123456789", 10);
	off_t from = 2, to = 3;
	SAY(copy_file_range(in, &from, out, &to, 4, 0));
	say("offsets %d %d, positions %d %d\n", (int) from, (int) to, (int) lseek(in, 0, SEEK_CUR), (int) lseek(out, 0, SEEK_CUR));
	show("out");
	lseek(in, 8, SEEK_SET);
	SAY(copy_file_range(in, 0, out, 0, 100, 0));
	say("positions %d %d\n", (int) lseek(in, 0, SEEK_CUR), (int) lseek(out, 0, SEEK_CUR));
	show("out");
	SAY(copy_file_range(in, 0, out, 0, 100, 0));
	SAY(copy_file_range(in, 0, out, 0, 1, 1));
	SAY(copy_file_range(dir, 0, out, 0, 1, 0));
	SAY(copy_file_range(in, 0, dir, 0, 1, 0));
	SAY(copy_file_range(pipes[0], 0, out, 0, 1, 0));
	SAY(copy_file_range(in, 0, end, 0, 1, 0));
	SAY(copy_file_range(write_only, 0, out, 0, 1, 0));
	SAY(copy_file_range(99, 0, out, 0, 1, 0));
	from = 0, to = 5;
	SAY(copy_file_range(in, &from, in, &to, 6, 0));
	from = 0, to = 5;
	SAY(copy_file_range(in, &from, in, &to, 5, 0));
	show("in");

	ftruncate(out, 0);
	lseek(out, 0, SEEK_SET);
	lseek(in, 1, SEEK_SET);
	SAY(sendfile(out, in, 0, 3));
	from = 6;
	SAY(sendfile(out, in, &from, 100));
	say("offset %d, positions %d %d\n", (int) from, (int) lseek(in, 0, SEEK_CUR), (int) lseek(out, 0, SEEK_CUR));
	show("out");
	SAY(sendfile(pipes[1], in, 0, 2));
	SAY(sendfile(end, in, 0, 1));
	SAY(sendfile(out, pipes[0], 0, 1));
	from = 0;
	SAY(sendfile(out, pipes[0], &from, 1));
	SAY(sendfile(out, dir, 0, 1));
	SAY(sendfile(dir, in, 0, 1));
	from = -1;
	SAY(sendfile(out, in, &from, 1));
	SAY(sendfile(out, in, 0, 0));

	ftruncate(out, 0);
	lseek(out, 0, SEEK_SET);
	write(pipes[1], "pipe", 4);
	SAY(splice(pipes[0], 0, out, 0, 100, 0));
	show("out");
	SAY(splice(pipes[0], 0, out, 0, 100, SPLICE_F_NONBLOCK));
	from = 1;
	SAY(splice(in, &from, pipes[1], 0, 3, 0));
	SAY(splice(pipes[0], 0, more[1], 0, 100, 0));
	SAY(splice(more[0], 0, out, 0, 2, 0));
	show("out");
	SAY(splice(in, 0, out, 0, 1, 0));
	SAY(splice(more[0], &from, out, 0, 1, 0));
	SAY(splice(in, 0, more[1], &from, 1, 0));
	SAY(splice(more[0], 0, more[1], 0, 1, 0));
	SAY(splice(more[0], 0, end, 0, 1, 0));
	SAY(splice(more[0], 0, out, 0, 1, 64));
	SAY(splice(in, 0, out, 0, 0, 0));

	/* What the target cannot take stays in the pipe. */
	struct rlimit few = {6, RLIM_INFINITY};
	signal(SIGXFSZ, SIG_IGN);
	ftruncate(out, 0);
	lseek(out, 0, SEEK_SET);
	setrlimit(RLIMIT_FSIZE, &few);
	write(pipes[1], "0123456789", 10);
	SAY(splice(pipes[0], 0, out, 0, 10, 0));
	SAY(splice(pipes[0], 0, out, 0, 10, 0));
	char rest[16] = "";
	SAY(read(pipes[0], rest, sizeof rest - 1));
	say("rest '%s'\n", rest);
	show("out");
	write(pipes[1], "0123456789", 10);
	close(more[0]);
	signal(SIGPIPE, SIG_IGN);
	SAY(splice(pipes[0], 0, more[1], 0, 10, 0));
	SAY(read(pipes[0], rest, sizeof rest - 1));
	say("rest '%s'\n", rest);
	return 0;
}
