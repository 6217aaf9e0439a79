// Plain queries answer sensibly.
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
int main(void) {
    printf("ids %d %d\n", getuid() == geteuid(), getgid() == getegid());
    struct utsname u;
    printf("uname %d %s\n", uname(&u), u.sysname);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    usleep(20000);
    clock_gettime(CLOCK_MONOTONIC, &b);
    long ms = (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000;
    printf("slept %d\n", ms >= 20);
    struct timeval t;
    gettimeofday(&t, NULL);
    printf("now %d %d\n", t.tv_sec > 1600000000, time(NULL) - t.tv_sec <= 1000);
    struct rusage r;
    printf("rusage %d\n", getrusage(RUSAGE_SELF, &r));
    struct tms s;
    printf("times %d\n", times(&s) != (clock_t) -1);
    struct tm *g = gmtime(&(time_t) {1000000000});
    char text[64];
    strftime(text, sizeof text, "%F %T %a", g);
    puts(text);
    printf("tty %d %d\n", isatty(0), isatty(1));
    printf("pids %d %d\n", getpid() > 0, getpid() != getppid());
    return 0;
}
