// alarm, setitimer and their remaining times.
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int ticks;
static void handler(int signal) { ticks++; }

int main(void) {
    setbuf(stdout, NULL);
    signal(SIGALRM, handler);
    struct itimerval timer = {{0, 10000}, {0, 10000}}, old;
    setitimer(ITIMER_REAL, &timer, NULL);
    while (ticks < 5) {
    }
    timer = (struct itimerval) {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &timer, &old);
    printf("interval %ld\n", (long) old.it_interval.tv_usec);
    alarm(100);
    printf("left %d\n", alarm(0) >= 50);
    printf("none %d\n", alarm(0));
    if (fork() == 0) {
        signal(SIGALRM, SIG_DFL);
        ualarm(20000, 0);
        for (;;) {
        }
    }
    int status;
    wait(&status);
    printf("killed by ALRM %d\n", WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
    alarm(50);
    if (fork() == 0) {
        _exit(alarm(0) == 0);
    }
    wait(&status);
    printf("not inherited %d\n", WEXITSTATUS(status));
    return 0;
}
