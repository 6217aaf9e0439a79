// getaddrinfo and getnameinfo: addresses and ports in digits, names of the machine's own file, what there is not.
#include "check.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void look(const char *host, const char *service, int family, int type, int flags)
{
	struct addrinfo hints = { .ai_family = family, .ai_socktype = type, .ai_flags = flags }, *found;
	int error = getaddrinfo(host, service, &hints, &found);
	say("%s %s:", host ? host : "-", service ? service : "-");
	if (error) {
		say(" %s\n", error == EAI_NONAME ? "no name" : error == EAI_SERVICE ? "no service" : error == EAI_FAMILY ? "no family" : "error");
		return;
	}
	for (struct addrinfo *a = found; a; a = a->ai_next) {
		char name[100], port[20];
		getnameinfo(a->ai_addr, a->ai_addrlen, name, sizeof name, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
		say(" %d/%d/%d %s %s", a->ai_family, a->ai_socktype, a->ai_protocol, name, port);
	}
	freeaddrinfo(found);
	say("\n");
}

int main(void)
{
	look("127.0.0.1", "80", AF_UNSPEC, SOCK_STREAM, 0);
	look("127.0.0.1", "80", AF_UNSPEC, SOCK_DGRAM, AI_NUMERICHOST);
	look("::1", "80", AF_UNSPEC, SOCK_STREAM, 0);
	look(0, "80", AF_INET, SOCK_STREAM, AI_PASSIVE);
	look(0, "80", AF_INET, SOCK_STREAM, 0);
	look(0, "80", AF_INET6, SOCK_STREAM, AI_PASSIVE);
	look("localhost", "80", AF_INET, SOCK_STREAM, 0);
	look("name", "80", AF_INET, SOCK_STREAM, AI_NUMERICHOST);
	look("127.0.0.1", "none such", AF_INET, SOCK_STREAM, 0);
	look("127.0.0.1", "80x", AF_INET, SOCK_STREAM, AI_NUMERICSERV);
	struct protoent *tcp = getprotobyname("tcp");
	say("tcp %d\n", tcp ? tcp->p_proto : -1);
	struct in_addr four;
	say("%d %d\n", inet_pton(AF_INET, "1.2.3.4", &four), inet_pton(AF_INET, "1.2.3", &four));
	say("%d", inet_aton("1.2", &four));
	say(" %s\n", inet_ntoa(four));
	return 0;
}
