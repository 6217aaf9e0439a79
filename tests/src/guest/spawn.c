// posix_spawn with file actions and attributes.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int run(const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, const char *script) {
    char *argv[] = {"sh", "-c", (char *) script, NULL};
    pid_t child;
    int status, error = posix_spawn(&child, "/bin/sh", actions, attributes, argv, environ);
    if (error != 0) {
        return -error;
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

int main(void) {
    setbuf(stdout, NULL);
    printf("plain %d\n", run(NULL, NULL, "echo hello; exit 3"));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "out", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    posix_spawn_file_actions_addclose(&actions, 0);
    printf("actions %d\n", run(&actions, NULL, "echo to file; echo also >&2; read x || echo no input"));
    posix_spawn_file_actions_destroy(&actions);
    printf("cat %d\n", run(NULL, NULL, "cat out"));
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    signal(SIGTERM, SIG_IGN);
    printf("ignored %d\n", run(NULL, NULL, "kill $$; exit 4"));
    posix_spawnattr_setsigdefault(&attributes, &set);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    printf("default %d\n", run(NULL, &attributes, "kill $$; exit 4"));
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    printf("group %d\n", run(NULL, &attributes, "exit 5"));
    char *argv[] = {"x", NULL};
    pid_t child;
    printf("missing %d\n", posix_spawn(&child, "/no/such/program", NULL, NULL, argv, environ) == ENOENT);
    printf("missing in path %d\n", posix_spawnp(&child, "no-such-program-javix", NULL, NULL, argv, environ) == ENOENT);
    char *echo[] = {"echo", "found in path", NULL};
    int error = posix_spawnp(&child, "echo", NULL, NULL, echo, environ);
    wait(NULL);
    printf("spawnp %d\n", error);
    return 0;
}
