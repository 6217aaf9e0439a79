/* System V shared memory: attaching, counting, removing, permissions. */
#include "mapping.h"
#include <sys/ipc.h>
#include <sys/shm.h>

static void status(const char *what, int id)
{
	struct shmid_ds now;
	if (shmctl(id, IPC_STAT, &now) < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: size %ld attached %ld mode %o creator %d last %d\n", what, (long)now.shm_segsz, (long)now.shm_nattch,
		now.shm_perm.mode, now.shm_cpid == getpid(), now.shm_lpid == getpid());
}

int main(void)
{
	catch_faults();
	int id = shmget(IPC_PRIVATE, 5000, IPC_CREAT | 0600);
	say("made %d\n", id >= 0);
	status("fresh", id);
	char *p = shmat(id, NULL, 0);
	char *q = shmat(id, NULL, SHM_RDONLY);
	strcpy(p, "hello");
	say("%s\n", q);
	status("attached twice", id);
	probe("read-only", q, 0, 1);
	probe("end", p, 2 * PAGE - 1, 1);
	pid_t child = fork();
	if (child == 0) {
		struct shmid_ds now;
		shmctl(id, IPC_STAT, &now);
		say("child: attached %ld\n", (long)now.shm_nattch);
		strcpy(p, "child");
		told("child detaches", shmdt(p));
		_exit(0);
	}
	reap("child", child);
	say("%s\n", q);
	status("after the child", id);
	told("detach nothing", shmdt(p + PAGE));
	told("detach", shmdt(q));
	told("detach again", shmdt(q));
	told("remove", shmctl(id, IPC_RMID, NULL));
	status("removed", id);
	say("still %s\n", p);
	char *r = shmat(id, NULL, 0);
	say("attached once more %d\n", r != (void *)-1);
	told("detach", shmdt(p) + shmdt(r));
	status("gone", id);

	key_t key = 0x1ab3cd;
	int named = shmget(key, PAGE, IPC_CREAT | IPC_EXCL | 0640);
	told("exclusive", shmget(key, PAGE, IPC_CREAT | IPC_EXCL | 0640));
	say("found %d\n", shmget(key, 0, 0) == named);
	told("larger", shmget(key, 2 * PAGE, 0));
	told("no such key", shmget(key + 1, PAGE, 0));
	told("no size", shmget(IPC_PRIVATE, 0, IPC_CREAT | 0600));
	told("bad id", (long)shmat(-1, NULL, 0));
	told("unaligned", (long)shmat(named, (void *)(uintptr_t)0x5001234, 0));
	char *room = pages(4);
	char *s = shmat(named, room + 5, SHM_RND | SHM_REMAP);
	say("remapped %d\n", s == room);
	told("in the way", (long)shmat(named, room + PAGE, 0));
	told("bad command", shmctl(named, 77, NULL));
	child = fork();
	if (child == 0) {
		setgid(2000);
		setuid(2000);
		told("other user attaches", (long)shmat(named, NULL, SHM_RDONLY));
		told("other user removes", shmctl(named, IPC_RMID, NULL));
		_exit(0);
	}
	reap("other user", child);
	struct shmid_ds now;
	shmctl(named, IPC_STAT, &now);
	now.shm_perm.mode = 0604;
	told("set", shmctl(named, IPC_SET, &now));
	status("set", named);
	char *kept = shmat(named, NULL, SHM_RDONLY);
	told("remove", shmctl(named, IPC_RMID, NULL));
	told("it is still there", shmctl(named, IPC_STAT, &now));
	say("its key: %d\n", now.shm_perm.__key);
	shmdt(kept);
	told("key is free", shmget(key, PAGE, 0));
	return 0;
}
