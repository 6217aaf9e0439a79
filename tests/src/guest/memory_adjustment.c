// /proc/self/oom_score_adj: what can be written to it, and who has it afterwards.
#include "check.h"

static const char *const FILE_NAME = "/proc/self/oom_score_adj";

static void show(const char *when) {
	char text[32] = "";
	int file = open(FILE_NAME, O_RDONLY);
	read(file, text, sizeof text - 1);
	close(file);
	say("%s: %s", when, text);
}

static void adjust(const char *text) {
	int file = open(FILE_NAME, O_WRONLY);
	char what[64];
	snprintf(what, sizeof what, "write '%.*s'", (int)strcspn(text, "\n"), text);
	told(what, write(file, text, strlen(text)));
	close(file);
}

int main(void) {
	adjust("500");
	show("set");
	adjust("+300\n");
	show("less");
	adjust("1001");
	adjust("-1001");
	adjust("many");
	adjust("");
	adjust("12 13");
	adjust(" 1000 \n");
	show("most");
	fflush(stdout);
	if (fork() == 0) {
		show("child");
		adjust("700");
		show("child");
		_exit(0);
	}
	wait(0);
	show("parent");
	return 0;
}
