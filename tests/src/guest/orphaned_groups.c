/* A process group that nobody can continue: what is stopped in it is hung up and continued, and its terminal signals do not
 * stop it. */
#include "check.h"

static volatile int hung, continued;
static void on_hup(int sig) { hung = 1; }
static void on_cont(int sig) { continued = 1; }

int main(void)
{
	int pipes[2];
	pipe(pipes);
	pid_t leader = fork();
	if (!leader) {
		setsid();
		pid_t middle = fork();
		if (!middle) {
			pid_t job = fork();
			if (!job) {
				setpgid(0, 0);
				on_signal(SIGHUP, on_hup, 0);
				on_signal(SIGCONT, on_cont, 0);
				write(pipes[1], "r", 1);
				raise(SIGSTOP);
				while (!hung || !continued) sleep_ms(2);
				say("hung up %d, continued %d, parent gone %d\n", hung, continued, getppid() != middle);
				/* Now orphaned: these do not stop it. */
				raise(SIGTSTP);
				raise(SIGTTIN);
				raise(SIGTTOU);
				say("not stopped\n");
				write(pipes[1], "d", 1);
				_exit(0);
			}
			setpgid(job, job);
			int status;
			waitpid(job, &status, WUNTRACED);
			say("%s\n", status_text(status));
			_exit(0);
		}
		waitpid(middle, 0, 0);
		char c;
		sleep_ms(20);
		_exit(0);
	}
	waitpid(leader, 0, 0);
	char c;
	read(pipes[0], &c, 1);
	read(pipes[0], &c, 1);
	say("done %c\n", c);

	/* One that was not orphaned stops, blocked or computing. */
	for (int computes = 0; computes < 2; computes++) {
		pid_t job = fork();
		if (!job) {
			setpgid(0, 0);
			if (computes) for (volatile long n = 0;; n++);
			for (;;) pause();
		}
		setpgid(job, job);
		sleep_ms(30);
		int signals[] = { SIGTSTP, SIGTTIN, SIGTTOU, SIGSTOP };
		for (int i = 0; i < 4; i++) {
			int status;
			kill(-job, signals[i]);
			waitpid(job, &status, WUNTRACED);
			say("%s\n", status_text(status));
			kill(job, SIGCONT);
			waitpid(job, &status, WCONTINUED);
			say("%s\n", status_text(status));
		}
		kill(job, SIGSTOP);
		waitpid(job, 0, WUNTRACED);
		kill(job, SIGTERM);
		sleep_ms(20);
		say("a stopped process keeps SIGTERM: %d\n", waitpid(job, 0, WNOHANG));
		kill(job, SIGCONT);
		reap("continued", job);
	}
	return 0;
}
