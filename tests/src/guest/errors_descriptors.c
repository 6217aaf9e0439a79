/* Calls on descriptors, with arguments that are wrong. */
#include "errors.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>

static int file, reading, appending, directory, in, out, path_only;
static char buffer[100];

static void reading_and_writing(void)
{
	struct iovec vector[2] = { { buffer, 10 }, { buffer, 10 } }, negative = { buffer, -1 };
	TRY(read(CLOSED, buffer, 1));
	TRY(read(-1, buffer, 1));
	TRY(read(appending, buffer, 1));
	TRY(read(directory, buffer, 1));
	TRY(read(path_only, buffer, 1));
	TRY(read(out, buffer, 1));
	TRY(write(CLOSED, buffer, 1));
	TRY(write(reading, buffer, 1));
	TRY(write(reading, buffer, 0));
	TRY(write(directory, buffer, 1));
	TRY(write(in, buffer, 1));
	TRY(write(path_only, buffer, 1));
	TRY(readv(file, vector, -1));
	TRY(readv(file, vector, 1025));
	TRY(readv(file, vector, 0));
	TRY(readv(file, &negative, 1));
	TRY(writev(file, &negative, 1));
	TRY(writev(file, vector, -1));
	TRY(writev(reading, vector, 2));
	TRY(pread(file, buffer, 1, -1));
	TRY(pwrite(file, buffer, 1, -1));
	TRY(pread(in, buffer, 1, 0));
	TRY(pwrite(out, buffer, 1, 0));
	TRY(pread(directory, buffer, 1, 0));
	TRY(preadv(file, vector, 2, -1));
	TRY(pwritev(in, vector, 2, 0));
	TRY(lseek(CLOSED, 0, SEEK_SET));
	TRY(lseek(in, 0, SEEK_SET));
	TRY(lseek(file, -1, SEEK_SET));
	TRY(lseek(file, -1000000, SEEK_END));
	TRY(lseek(file, 0, 9));
	TRY(lseek(file, 1000000, SEEK_DATA));
	TRY(lseek(file, 1000000, SEEK_HOLE));
	TRY(lseek(file, -1, SEEK_DATA));
	TRY(lseek(file, INT64_MAX, SEEK_SET) < 0 ? -1 : 0);
	TRY(lseek(file, INT64_MAX, SEEK_END));
	TRY(lseek(path_only, 0, SEEK_SET));
	lseek(file, 0, SEEK_SET);
	TRY(ftruncate(CLOSED, 0));
	TRY(ftruncate(reading, 0));
	TRY(ftruncate(file, -1));
	TRY(ftruncate(directory, 0));
	TRY(ftruncate(in, 0));
	TRY(fsync(CLOSED));
	TRY(fsync(in));
	TRY(fdatasync(in));
	TRY(syncfs(CLOSED));
	TRY(sync_file_range(in, 0, 0, 0));
	TRY(sync_file_range(file, -1, 0, 0));
	TRY(sync_file_range(file, 0, 0, 0x100));
	TRY(fallocate(file, 0, -1, 1));
	TRY(fallocate(file, 0, 0, 0));
	TRY(fallocate(file, 0x8000, 0, 1));
	TRY(fallocate(file, FALLOC_FL_PUNCH_HOLE, 0, 1));
	TRY(fallocate(reading, 0, 0, 1));
	TRY(fallocate(in, 0, 0, 1));
	TRY(fallocate(directory, 0, 0, 1));
	TRY(fallocate(CLOSED, 0, 0, 1));
	TRY(fallocate(file, 0, INT64_MAX, 1));
	TRY_ERROR(posix_fallocate(file, -1, 1));
	TRY_ERROR(posix_fallocate(file, 0, 0));
	TRY_ERROR(posix_fallocate(CLOSED, 0, 1));
	TRY_ERROR(posix_fadvise(file, 0, 0, 99));
	TRY_ERROR(posix_fadvise(in, 0, 0, POSIX_FADV_NORMAL));
	TRY_ERROR(posix_fadvise(CLOSED, 0, 0, POSIX_FADV_NORMAL));
	TRY_ERROR(posix_fadvise(file, 0, -1, POSIX_FADV_NORMAL));
	TRY(readahead(in, 0, 1));
	TRY(readahead(CLOSED, 0, 1));
}

static void copying(void)
{
	off_t offset = -1, zero = 0;
	int other[2];
	pipe(other);
	TRY(dup(CLOSED));
	TRY(dup2(CLOSED, 50));
	TRY(dup2(file, -1));
	TRY(dup2(file, 10000000));
	TRY(dup2(CLOSED, CLOSED));
	TRY(dup3(file, file, 0));
	TRY(dup3(file, 50, O_NONBLOCK));
	TRY(close(CLOSED));
	TRY(close(-1));
	TRY(syscall(SYS_close_range, 10, 9, 0));
	TRY(syscall(SYS_close_range, 900, 901, 0x100));
	TRY(pipe2(other, O_APPEND));
	TRY(sendfile(out, CLOSED, 0, 1));
	TRY(sendfile(out, in, 0, 1));
	TRY(sendfile(out, file, &offset, 1));
	TRY(sendfile(appending, file, &zero, 1));
	TRY(sendfile(out, directory, 0, 1));
	TRY(splice(file, 0, appending, 0, 1, 0));
	TRY(splice(in, 0, in, 0, 1, SPLICE_F_NONBLOCK));
	TRY(splice(in, &zero, other[1], 0, 1, SPLICE_F_NONBLOCK));
	TRY(splice(file, &offset, out, 0, 1, 0));
	TRY(splice(CLOSED, 0, out, 0, 1, 0));
	TRY(splice(file, 0, out, 0, 1, 0x100));
	TRY(splice(directory, 0, out, 0, 1, 0));
	TRY(tee(in, file, 1, 0));
	TRY(tee(file, out, 1, 0));
	TRY(tee(in, out, 1, SPLICE_F_NONBLOCK));
	TRY(tee(in, other[1], 1, SPLICE_F_NONBLOCK));
	TRY(tee(in, other[1], 1, 0x100));
	TRY(copy_file_range(file, 0, out, 0, 1, 0));
	TRY(copy_file_range(file, 0, reading, 0, 1, 0));
	TRY(copy_file_range(appending, 0, file, 0, 1, 0));
	TRY(copy_file_range(file, 0, appending, 0, 1, 0));
	TRY(copy_file_range(directory, 0, file, 0, 1, 0));
	TRY(copy_file_range(file, &zero, file, &zero, 10, 0));
	TRY(copy_file_range(file, 0, file, 0, 1, 1));
	TRY(copy_file_range(CLOSED, 0, file, 0, 1, 0));
}

static void controlling(void)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
	struct f_owner_ex owner = { 9, 1 };
	int number;
	TRY(fcntl(CLOSED, F_GETFD));
	TRY(fcntl(file, 9999));
	TRY(fcntl(file, F_DUPFD, -1));
	TRY(fcntl(file, F_DUPFD, 10000000));
	TRY(fcntl(CLOSED, F_DUPFD, 0));
	TRY(fcntl(path_only, F_GETFL));
	TRY(fcntl(path_only, F_SETFL, O_NONBLOCK));
	TRY(fcntl(path_only, F_GETLK, &lock));
	TRY(fcntl(file, F_SETLK, BAD));
	lock.l_type = 9;
	TRY(fcntl(file, F_SETLK, &lock));
	TRY(fcntl(file, F_GETLK, &lock));
	lock.l_type = F_UNLCK;
	TRY(fcntl(file, F_GETLK, &lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = 9;
	TRY(fcntl(file, F_SETLK, &lock));
	lock.l_whence = SEEK_SET;
	TRY(fcntl(reading, F_SETLK, &lock));
	lock.l_type = F_RDLCK;
	TRY(fcntl(appending, F_SETLK, &lock));
	TRY(fcntl(in, F_SETLK, &lock));
	lock.l_start = -1;
	TRY(fcntl(file, F_SETLK, &lock));
	lock.l_start = 0;
	lock.l_len = -1;
	TRY(fcntl(file, F_SETLK, &lock));
	lock.l_len = 0;
	lock.l_pid = 1;
	TRY(fcntl(file, F_OFD_SETLK, &lock));
	lock.l_pid = 0;
	TRY(fcntl(file, F_SETOWN, 9999999));
	TRY(fcntl(in, F_SETOWN, 9999999));
	TRY(fcntl(in, F_SETOWN, -9999999));
	TRY(fcntl(in, F_SETOWN_EX, &owner));
	TRY(fcntl(in, F_SETSIG, 99));
	TRY(fcntl(in, F_SETSIG, -1));
	TRY(fcntl(file, F_SETPIPE_SZ, 4096));
	TRY(fcntl(in, F_SETPIPE_SZ, -1));
	TRY(fcntl(file, F_GETPIPE_SZ));
	TRY(fcntl(in, F_SETLEASE, F_RDLCK));
	TRY(fcntl(file, F_SETLEASE, 9));
	TRY(fcntl(file, F_SETLEASE, F_RDLCK));
	TRY(fcntl(file, F_NOTIFY, DN_CREATE));
	TRY(fcntl(file, F_ADD_SEALS, 1));
	TRY(fcntl(file, F_GET_SEALS));
	TRY(flock(file, 99));
	TRY(flock(CLOSED, LOCK_EX));
	TRY(flock(in, LOCK_SH));
	TRY(flock(path_only, LOCK_SH));
	TRY(lockf(file, 99, 0));
	TRY(lockf(reading, F_LOCK, 0));
	TRY(ioctl(CLOSED, FIONREAD, &number));
	TRY(ioctl(file, FIONREAD, &number));
	TRY(ioctl(file, 0x12345, &number));
	TRY(ioctl(in, 0x12345, &number));
	TRY(ioctl(path_only, FIONREAD, &number));
	TRY(ioctl(file, FIONBIO, BAD));
}

static void waiting(void)
{
	struct pollfd polled = { file, POLLIN };
	struct timeval late = { 0, -1 };
	struct timespec slow = { 0, 1000000000 };
	struct timeval none = { 0, 0 };
	fd_set set;
	FD_ZERO(&set);
	TRY(poll(&polled, 10000000, 0));
	TRY(poll(BAD, 1, 0));
	TRY(ppoll(&polled, 1, &slow, 0));
	TRY(select(-1, &set, 0, 0, 0));
	TRY(select(0, 0, 0, 0, &late));
	TRY(pselect(0, 0, 0, 0, &slow, 0));
	FD_SET(CLOSED, &set);
	TRY(select(CLOSED + 1, &set, 0, 0, &none));
	FD_ZERO(&set);
	FD_SET(path_only, &set);
	TRY(select(path_only + 1, &set, 0, 0, &none));
}

static void watching(void)
{
	struct epoll_event event = { EPOLLIN }, exclusive = { EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT };
	int epoll = epoll_create1(0), second = epoll_create1(0), in_epoll[12];
	TRY(epoll_create1(1));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, directory, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, CLOSED, &event));
	TRY(epoll_ctl(CLOSED, EPOLL_CTL_ADD, in, &event));
	TRY(epoll_ctl(file, EPOLL_CTL_ADD, in, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, epoll, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, path_only, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, in, BAD));
	TRY(epoll_ctl(epoll, 9, in, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_MOD, in, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_DEL, in, 0));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, in, &exclusive));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, in, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, in, &event));
	exclusive.events = EPOLLIN | EPOLLEXCLUSIVE;
	TRY(epoll_ctl(epoll, EPOLL_CTL_MOD, in, &exclusive));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, second, &exclusive));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, out, &exclusive));
	TRY(epoll_ctl(epoll, EPOLL_CTL_MOD, out, &event));
	TRY(epoll_ctl(epoll, EPOLL_CTL_ADD, second, &event));
	TRY(epoll_ctl(second, EPOLL_CTL_ADD, epoll, &event));
	for (int i = 0; i < 7; i++) {
		in_epoll[i] = epoll_create1(0);
		if (i) say("nested %d: ", i), TRY(epoll_ctl(in_epoll[i], EPOLL_CTL_ADD, in_epoll[i - 1], &event));
	}
	TRY(epoll_wait(epoll, &event, 0, 0));
	TRY(epoll_wait(epoll, &event, -1, 0));
	TRY(epoll_wait(file, &event, 1, 0));
	TRY(epoll_wait(CLOSED, &event, 1, 0));
	TRY(epoll_wait(epoll, BAD, 1, 0));
	TRY(read(epoll, buffer, 10));
	TRY(write(epoll, buffer, 10));
}

static void events(void)
{
	int counter = eventfd(0, EFD_NONBLOCK), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	int notices = inotify_init1(IN_NONBLOCK), signals;
	uint64_t most = -1;
	sigset_t set;
	struct itimerspec wrong = { { 0, 0 }, { 0, 1000000000 } }, negative = { { 0, 0 }, { -1, 0 } }, now = { 0 };
	sigemptyset(&set);
	signals = signalfd(-1, &set, SFD_NONBLOCK);
	TRY(eventfd(0, 0x100));
	TRY(read(counter, buffer, 8));
	TRY(read(counter, buffer, 4));
	TRY(write(counter, &most, 8));
	TRY(write(counter, &most, 4));
	most--;
	TRY(write(counter, &most, 8));
	TRY(write(counter, &most, 8));
	TRY(lseek(counter, 0, SEEK_SET));
	TRY(pread(counter, buffer, 8, 0));
	TRY(timerfd_create(99, 0));
	TRY(timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0));
	TRY(timerfd_create(CLOCK_MONOTONIC, 1));
	TRY(timerfd_settime(timer, 0, &wrong, 0));
	TRY(timerfd_settime(timer, 0, &negative, 0));
	TRY(timerfd_settime(timer, 99, &now, 0));
	TRY(timerfd_settime(file, 0, &wrong, 0));
	TRY(timerfd_settime(CLOSED, 0, &now, 0));
	TRY(timerfd_gettime(file, &now));
	TRY(timerfd_gettime(CLOSED, &now));
	TRY(read(timer, buffer, 8));
	TRY(read(timer, buffer, 7));
	TRY(write(timer, buffer, 8));
	TRY(signalfd(file, &set, 0));
	TRY(signalfd(CLOSED, &set, 0));
	TRY(signalfd(-1, &set, 0x100));
	TRY(read(signals, buffer, 100));
	TRY(write(signals, buffer, 100));
	TRY(inotify_init1(1));
	TRY(inotify_add_watch(notices, "missing", IN_ACCESS));
	TRY(inotify_add_watch(notices, ".", 0));
	TRY(inotify_add_watch(file, ".", IN_ACCESS));
	TRY(inotify_add_watch(CLOSED, ".", IN_ACCESS));
	TRY(inotify_add_watch(notices, "file", IN_ACCESS | IN_ONLYDIR));
	TRY(inotify_add_watch(notices, ".", IN_ACCESS | IN_MASK_ADD | IN_MASK_CREATE));
	TRY(inotify_rm_watch(notices, 99));
	TRY(inotify_rm_watch(file, 1));
	TRY(read(notices, buffer, 100));
	TRY(write(notices, buffer, 100));
	TRY(memfd_create("x", 0x100));
	TRY(memfd_create(0, 0));
}

int main(void)
{
	int ends[2];
	go_to_memory();
	signal(SIGPIPE, SIG_IGN);
	file = open("file", O_CREAT | O_RDWR, 0644);
	write(file, "content", 7);
	reading = open("file", O_RDONLY);
	appending = open("file", O_WRONLY | O_APPEND);
	directory = open(".", O_RDONLY);
	path_only = open("file", O_PATH);
	pipe(ends);
	in = ends[0];
	out = ends[1];
	reading_and_writing();
	copying();
	controlling();
	waiting();
	watching();
	events();
	return 0;
}
