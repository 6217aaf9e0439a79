/* Quotas of users and groups of a file system in memory, as quotactl(2) and Linux's tmpfs have them. */
#include "../guest/check.h"
#include <grp.h>
#include <sys/mount.h>
#include <sys/quota.h>

static void show(int type, int id)
{
	struct dqblk q;
	if (quotactl(QCMD(Q_GETQUOTA, type), "/q", id, (char *)&q)) {
		say("%s %d: %s\n", type == USRQUOTA ? "user" : "group", id, strerror(errno));
		return;
	}
	say("%s %d: %llu bytes of %llu/%llu KiB, %llu files of %llu/%llu, grace %d %d\n", type == USRQUOTA ? "user" : "group", id,
		(long long)q.dqb_curspace, (long long)q.dqb_bsoftlimit, (long long)q.dqb_bhardlimit,
		(long long)q.dqb_curinodes, (long long)q.dqb_isoftlimit, (long long)q.dqb_ihardlimit,
		q.dqb_btime > time(0), q.dqb_itime > time(0));
}

static void limit(int type, int id, long soft, long hard, long isoft, long ihard)
{
	struct dqblk q = { .dqb_bsoftlimit = soft, .dqb_bhardlimit = hard, .dqb_isoftlimit = isoft, .dqb_ihardlimit = ihard,
		.dqb_valid = QIF_LIMITS };
	told("limit", quotactl(QCMD(Q_SETQUOTA, type), "/q", id, (char *)&q));
}

static void fill(const char *name, int bytes)
{
	static char block[4096];
	int fd = open(name, O_WRONLY | O_CREAT | O_APPEND, 0644), done = 0;
	if (fd < 0) { say("open %s: %s\n", name, strerror(errno)); return; }
	while (done < bytes) {
		int n = write(fd, block, bytes - done < 4096 ? bytes - done : 4096);
		if (n < 0) { say("%s after %d: %s\n", name, done, strerror(errno)); break; }
		done += n;
	}
	if (done == bytes) say("%s: %d\n", name, done);
	close(fd);
}

/* Does something as user 1000 of groups 100 and 200. */
static void as_user(void (*what)(void))
{
	gid_t groups[] = { 200 };
	pid_t child = fork();
	if (!child) {
		if (setgroups(1, groups) || setgid(100) || setuid(1000)) _exit(9);
		what();
		_exit(0);
	}
	waitpid(child, 0, 0);
}

static void bytes_end(void)
{
	fill("/q/a", 65536);
	fill("/q/b", 8192);
	show(USRQUOTA, 1000);
	int fd = open("/q/a", O_RDWR);
	told("fallocate", fallocate(fd, 0, 65536, 4096));
	told("punch", fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 8192));
	close(fd);
	show(USRQUOTA, 1000);
	fill("/q/b", 8192);
	told("truncate", truncate("/q/a", 0));
	told("sparse", truncate("/q/a", 1 << 30));
	show(USRQUOTA, 1000);
	told("unlink", unlink("/q/a") | unlink("/q/b"));
	show(USRQUOTA, 1000);
}

static void files_end(void)
{
	told("mkdir", mkdir("/q/d", 0755));
	told("symlink", symlink("x", "/q/d/s"));
	told("mkfifo", mkfifo("/q/d/p", 0600));
	told("link", link("/q/d/p", "/q/d/l"));
	told("mkdir", mkdir("/q/d/e", 0755));
	told("tmpfile", open("/q/d", O_TMPFILE | O_RDWR, 0600));
	told("open", open("/q/d/f", O_CREAT | O_RDWR, 0600));
	show(USRQUOTA, 1000);
	told("unlink", unlink("/q/d/p"));
	told("mkdir", mkdir("/q/d/g", 0755));
	told("unlink", unlink("/q/d/l"));
	told("mkdir", mkdir("/q/d/g", 0755));
	show(USRQUOTA, 1000);
}

static void soft_ends(void)
{
	fill("/q/soft", 8192);
	show(USRQUOTA, 1000);
}

static void no_grace(void)
{
	fill("/q/soft", 4096);
	told("truncate", truncate("/q/soft", 0));
	fill("/q/soft", 4096);
	show(USRQUOTA, 1000);
}

static void changes_group(void)
{
	fill("/q/own", 8192);
	told("chgrp", chown("/q/own", -1, 200));
	show(GRPQUOTA, 100);
	show(GRPQUOTA, 200);
	told("truncate", truncate("/q/own", 4096));
	told("chgrp", chown("/q/own", -1, 200));
	show(GRPQUOTA, 100);
	show(GRPQUOTA, 200);
	show(USRQUOTA, 0);
	show(GRPQUOTA, 300);
	limit(USRQUOTA, 1000, 0, 0, 0, 0);
}

int main(void)
{
	struct dqinfo info;
	int format = 0;
	mkdir("/q", 0755);
	told("no quotas", quotactl(QCMD(Q_GETFMT, USRQUOTA), "/q", 0, (char *)&format));
	told("mount", mount("none", "/q", "tmpfs", 0, "mode=1777,usrquota,grpquota,size=1m,usrquota_inode_hardlimit=50"));
	told("format", quotactl(QCMD(Q_GETFMT, USRQUOTA), "/q", 0, (char *)&format));
	told("info", quotactl(QCMD(Q_GETINFO, USRQUOTA), "/q", 0, (char *)&info));
	say("format %d, grace %llu %llu\n", format, (long long)info.dqi_bgrace, (long long)info.dqi_igrace);
	told("projects", quotactl(QCMD(Q_GETFMT, 2), "/q", 0, (char *)&format));
	told("bad type", quotactl(QCMD(Q_GETFMT, 3), "/q", 0, (char *)&format));
	told("bad command", quotactl(QCMD(0x800077, USRQUOTA), "/q", 0, (char *)&format));
	told("nowhere", quotactl(QCMD(Q_GETFMT, USRQUOTA), "/none", 0, (char *)&format));
	told("sync", quotactl(QCMD(Q_SYNC, USRQUOTA), 0, 0, 0));
	show(USRQUOTA, 0);
	show(USRQUOTA, 1000);

	limit(USRQUOTA, 1000, 0, 64, 0, 0);
	as_user(bytes_end);
	limit(USRQUOTA, 1000, 0, 0, 0, 4);
	as_user(files_end);
	system("rm -r /q/d");
	limit(USRQUOTA, 1000, 4, 0, 0, 0);
	as_user(soft_ends);
	struct dqblk q = { .dqb_btime = 1, .dqb_valid = QIF_BTIME };
	told("grace ends", quotactl(QCMD(Q_SETQUOTA, USRQUOTA), "/q", 1000, (char *)&q));
	as_user(no_grace);
	limit(USRQUOTA, 1000, 0, 0, 0, 0);
	unlink("/q/soft");
	limit(GRPQUOTA, 200, 0, 4, 0, 0);
	as_user(changes_group);

	told("root", chown("/q/own", 0, 200));
	fill("/q/own", 16384);
	show(GRPQUOTA, 200);
	told("chown", chown("/q/own", 1001, 200));
	show(USRQUOTA, 1001);
	show(USRQUOTA, 0);
	info.dqi_bgrace = 60;
	info.dqi_valid = IIF_BGRACE;
	told("set info", quotactl(QCMD(Q_SETINFO, USRQUOTA), "/q", 0, (char *)&info));
	told("info", quotactl(QCMD(Q_GETINFO, USRQUOTA), "/q", 0, (char *)&info));
	say("grace %llu %llu\n", (long long)info.dqi_bgrace, (long long)info.dqi_igrace);
	struct { struct dqblk q; } next;
	for (unsigned id = 0; !quotactl(QCMD(0x800009, USRQUOTA), "/q", id, (char *)&next); id++) {
		id = ((unsigned *)&next)[17];
		say("next: %u\n", id);
	}
	limit(USRQUOTA, 1000, 0, 4, 0, 0);
	told("off", quotactl(QCMD(Q_QUOTAOFF, USRQUOTA), "/q", 0, 0));
	as_user(soft_ends);
	told("on", quotactl(QCMD(Q_QUOTAON, USRQUOTA), "/q", 0, 0));
	as_user(soft_ends);
	system("grep ' /q ' /proc/mounts");
	told("umount", umount("/q"));
	return 0;
}
