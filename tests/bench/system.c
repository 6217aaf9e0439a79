/* What processes, pipes, sockets and system calls cost. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "measure.h"

static char *const TRUE_WORDS[] = {"true", NULL};
static char *const NO_ENVIRONMENT[] = {NULL};

static void fork_exit_wait(long count) {
    while (count-- > 0) {
        pid_t child = fork();
        if (child == 0) {
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
}

static void vfork_exec_wait(long count) {
    while (count-- > 0) {
        pid_t child = vfork();
        if (child == 0) {
            execve("/bin/true", TRUE_WORDS, NO_ENVIRONMENT);
            _exit(127);
        }
        waitpid(child, NULL, 0);
    }
}

static void spawn_wait(long count) {
    while (count-- > 0) {
        pid_t child;
        if (posix_spawn(&child, "/bin/true", NULL, NULL, TRUE_WORDS, NO_ENVIRONMENT) != 0) {
            exit(1);
        }
        waitpid(child, NULL, 0);
    }
}

/* Two connected ends of each kind, one for a parent and one for its child: what is written at one is read at the other. */
struct channel {
    int reads[2];
    int writes[2];
};

static struct channel pipes(void) {
    int there[2], back[2];
    if (pipe(there) != 0 || pipe(back) != 0) {
        exit(1);
    }
    return (struct channel){{back[0], there[0]}, {there[1], back[1]}};
}

static struct channel unix_sockets(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        exit(1);
    }
    return (struct channel){{ends[0], ends[1]}, {ends[0], ends[1]}};
}

static struct channel tcp_sockets(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof name;
    if (bind(listener, (struct sockaddr *)&name, length) != 0 || listen(listener, 1) != 0
        || getsockname(listener, (struct sockaddr *)&name, &length) != 0
        || connect(client, (struct sockaddr *)&name, length) != 0) {
        exit(1);
    }
    int end = accept(listener, NULL, NULL);
    close(listener);
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return (struct channel){{client, end}, {client, end}};
}

static void close_side(const struct channel *channel, int side) {
    close(channel->reads[side]);
    if (channel->writes[side] != channel->reads[side]) {
        close(channel->writes[side]);
    }
}

static void round_trip(long count, struct channel channel) {
    char c = 'x';
    pid_t child = fork();
    if (child == 0) {
        close_side(&channel, 0);
        while (read(channel.reads[1], &c, 1) == 1 && write(channel.writes[1], &c, 1) == 1) {
        }
        _exit(0);
    }
    close_side(&channel, 1);
    while (count-- > 0) {
        if (write(channel.writes[0], &c, 1) != 1 || read(channel.reads[0], &c, 1) != 1) {
            exit(1);
        }
    }
    close_side(&channel, 0);
    waitpid(child, NULL, 0);
}

static char block[1 << 16];

/* One run sends 1 MiB from a child to its parent. */
static void mebibytes(long count, struct channel channel) {
    pid_t child = fork();
    if (child == 0) {
        for (long i = 0; i < 16 * count; i++) {
            if (write(channel.writes[1], block, sizeof block) != sizeof block) {
                _exit(1);
            }
        }
        _exit(0);
    }
    close_side(&channel, 1);
    while (read(channel.reads[0], block, sizeof block) > 0) {
    }
    close_side(&channel, 0);
    waitpid(child, NULL, 0);
}

static void pipe_round_trip(long count) {
    round_trip(count, pipes());
}

static void pipe_mebibyte(long count) {
    mebibytes(count, pipes());
}

static void unix_round_trip(long count) {
    round_trip(count, unix_sockets());
}

static void unix_mebibyte(long count) {
    mebibytes(count, unix_sockets());
}

static void tcp_round_trip(long count) {
    round_trip(count, tcp_sockets());
}

static void tcp_mebibyte(long count) {
    mebibytes(count, tcp_sockets());
}

static void call_getppid(long count) {
    while (count-- > 0) {
        getppid();
    }
}

static void write_to_null(long count) {
    int null = open("/dev/null", O_WRONLY);
    while (count-- > 0) {
        if (write(null, "x", 1) != 1) {
            exit(1);
        }
    }
    close(null);
}

int main(int argc, char **argv) {
    static const struct operation operations[] = {
        {"fork+exit+wait", fork_exit_wait},
        {"vfork+exec+wait", vfork_exec_wait},
        {"posix_spawn+wait", spawn_wait},
        {"pipe-round-trip", pipe_round_trip},
        {"pipe-MiB", pipe_mebibyte},
        {"socketpair-round-trip", unix_round_trip},
        {"socketpair-MiB", unix_mebibyte},
        {"TCP-round-trip", tcp_round_trip},
        {"TCP-MiB", tcp_mebibyte},
        {"getppid", call_getppid},
        {"write-1-byte", write_to_null},
        {NULL, NULL},
    };
    return run_all(operations, argc, argv);
}
