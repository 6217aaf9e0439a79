// What /proc/net tells: of listeners, connections, datagram sockets and names of Unix-domain sockets, and of lo.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The line of a table that has a word in it, but for numbers that differ by machine: without its number and pointer. */
static void show(const char *table, const char *word, int fields)
{
	char path[50], line[600];
	snprintf(path, sizeof path, "/proc/net/%s", table);
	FILE *file = fopen(path, "r");
	if (!file) {
		say("%s: %s\n", path, strerror(errno));
		return;
	}
	while (fgets(line, sizeof line, file)) {
		if (!strstr(line, word)) continue;
		say("%s:", table);
		int count = 0;
		strtok(line, " ");
		for (char *field; count < fields && (field = strtok(0, " \n")); count++) say(" %s", field);
		say("\n");
	}
	fclose(file);
}

static void first_line(const char *table)
{
	char path[50], line[600] = "";
	snprintf(path, sizeof path, "/proc/net/%s", table);
	FILE *file = fopen(path, "r");
	if (file && fgets(line, sizeof line, file)) say("%s|", line);
	say("%s\n", table);
	if (file) fclose(file);
}

static int bound(int type, struct sockaddr_in *address)
{
	socklen_t size = sizeof *address;
	int end = socket(AF_INET, type, 0);
	*address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	bind(end, (struct sockaddr *)address, size);
	getsockname(end, (struct sockaddr *)address, &size);
	return end;
}

int main(void)
{
	const char *tables[] = { "arp", "route", "tcp", "tcp6", "udp", "udp6", "unix" };
	struct sockaddr_in address, other;
	struct sockaddr_un name = { AF_UNIX };
	char word[40], target[20] = "";
	for (int i = 0; i < 7; i++) first_line(tables[i]);
	readlink("/proc/net", target, sizeof target - 1);
	say("/proc/net is %s\n", target);
	show("dev", "face", 100);
	show("if_inet6", "lo", 0);

	int listener = bound(SOCK_STREAM, &address);
	listen(listener, 5);
	snprintf(word, sizeof word, " 0100007F:%04X", ntohs(address.sin_port));
	FILE *file = fopen("/proc/net/tcp", "r");
	char line[600], *found = 0;
	while (!found && fgets(line, sizeof line, file)) found = strstr(line, word);
	fclose(file);
	unsigned long inode = 0;
	unsigned state = 0;
	struct stat stat;
	fstat(listener, &stat);
	sscanf(found + strlen(word), " 00000000:0000 %x %*x:%*x %*x:%*x %*x %*u %*d %lu", &state, &inode);
	say("listens: %x, its inode: %d, length of the line: %zu\n", state, inode == stat.st_ino, strlen(line));

	int client = socket(AF_INET, SOCK_STREAM, 0);
	connect(client, (struct sockaddr *)&address, sizeof address);
	int server = accept(listener, 0, 0);
	int count = 0, established = 0;
	snprintf(word, sizeof word, ":%04X ", ntohs(address.sin_port));
	file = fopen("/proc/self/net/tcp", "r");
	while (fgets(line, sizeof line, file))
		if (strstr(line, word)) {
			count++;
			established += strstr(line, " 01 0") != 0;
		}
	fclose(file);
	say("lines with the port: %d, established: %d\n", count, established);

	bound(SOCK_DGRAM, &other);
	snprintf(word, sizeof word, ":%04X 00000000:0000 07", ntohs(other.sin_port));
	count = 0;
	file = fopen("/proc/net/udp", "r");
	while (fgets(line, sizeof line, file)) count += strstr(line, word) != 0;
	fclose(file);
	say("datagram sockets: %d\n", count);

	snprintf(name.sun_path + 1, 20, "javix-%d", getpid());
	int local = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(local, (struct sockaddr *)&name, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name.sun_path + 1));
	listen(local, 5);
	snprintf(word, sizeof word, "@javix-%d", getpid());
	show("unix", word, 5);
	return 0;
}
