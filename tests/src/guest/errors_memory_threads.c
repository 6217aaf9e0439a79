/* Calls about memory, scheduling and threads, with arguments that are wrong. */
#include "errors.h"
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#define NOBODY_HAS_IT 9999999
#define PAGE 4096

static void mapping(void)
{
	int file = open("file", O_CREAT | O_RDWR, 0644), reading, writing, directory = open(".", O_RDONLY), ends[2];
	ftruncate(file, PAGE);
	reading = open("file", O_RDONLY);
	writing = open("file", O_WRONLY);
	pipe(ends);
	char *pages = mmap(0, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char vector[4];
	TRY(mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, -1, 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, CLOSED, 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, directory, 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, ends[0], 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, writing, 0));
	TRY(mmap(0, PAGE, PROT_WRITE, MAP_SHARED, reading, 0));
	TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 1));
	TRY(mmap((void *)1, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	TRY(mmap(pages, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
	TRY(munmap(pages + 1, PAGE));
	TRY(munmap(pages, 0));
	TRY(mprotect(pages + 1, PAGE, PROT_READ));
	TRY(mprotect(pages, 0, PROT_READ));
	TRY(mprotect(pages, PAGE, 0x1000));
	TRY(mprotect(BAD, PAGE, PROT_READ));
	TRY(msync(pages + 1, PAGE, MS_SYNC));
	TRY(msync(pages, PAGE, MS_SYNC | MS_ASYNC));
	TRY(msync(pages, PAGE, 0x100));
	TRY(msync(pages, 0, MS_SYNC));
	TRY(madvise(pages + 1, PAGE, MADV_NORMAL));
	TRY(madvise(pages, PAGE, 9999));
	TRY(madvise(pages, 0, MADV_NORMAL));
	TRY_ERROR(posix_madvise(pages, PAGE, 9999));
	TRY(mincore(pages + 1, PAGE, vector));
	TRY(mincore(pages, PAGE, BAD));
	TRY(mlock(pages, PAGE));
	TRY(munlock(pages, PAGE));
	TRY(mlock2(pages, PAGE, 99));
	TRY(mlockall(0));
	TRY(mlockall(99));
	TRY(mlockall(MCL_ONFAULT));
	TRY(mremap(pages + 1, PAGE, PAGE, 0));
	TRY(mremap(pages, PAGE, 0, 0));
	TRY(mremap(pages, PAGE, PAGE, 0x40));
	TRY(mremap(pages, PAGE, PAGE, MREMAP_FIXED, pages));
	TRY(mremap(pages, PAGE, PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, pages));
	TRY(mremap(pages, PAGE, 2 * PAGE, 0));
	munmap(pages + 2 * PAGE, PAGE);
	TRY(mprotect(pages, 4 * PAGE, PROT_READ | PROT_WRITE));
	TRY(msync(pages, 4 * PAGE, MS_SYNC));
	TRY(madvise(pages, 4 * PAGE, MADV_NORMAL));
	TRY(mincore(pages, 4 * PAGE, vector));
	TRY(mlock(pages, 4 * PAGE));
	TRY(munlock(pages, 4 * PAGE));
	TRY(munmap(pages, 4 * PAGE));
	TRY(mremap(pages, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	IN_CHILD(struct rlimit none = { 0, 0 }; char *page = mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		setrlimit(RLIMIT_MEMLOCK, &none); become_nobody(); TRY(mlock(page, PAGE)); TRY(mlockall(MCL_CURRENT));
		TRY(mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0)));
}

static void others_memory(void)
{
	char here[10], there[10];
	struct iovec local = { here, 10 }, remote = { there, 10 }, bad = { BAD, 10 }, negative = { here, -1 };
	TRY(process_vm_readv(NOBODY_HAS_IT, &local, 1, &remote, 1, 0));
	TRY(process_vm_readv(getpid(), &local, 1, &bad, 1, 0));
	TRY(process_vm_readv(getpid(), &local, 1, &remote, 1, 1));
	TRY(process_vm_readv(getpid(), &local, 1025, &remote, 1, 0));
	TRY(process_vm_readv(getpid(), &negative, 1, &remote, 1, 0));
	TRY(process_vm_writev(getpid(), &local, 1, &bad, 1, 0));
	IN_CHILD(become_nobody(); TRY(process_vm_readv(1, &local, 1, &remote, 1, 0)));
}

static void scheduling(void)
{
	struct sched_param none = { 0 }, high = { 100 }, some = { 5 };
	cpu_set_t set;
	CPU_ZERO(&set);
	TRY(sched_getparam(NOBODY_HAS_IT, &none));
	TRY(sched_getparam(-1, &none));
	TRY(sched_getscheduler(NOBODY_HAS_IT));
	TRY(sched_getscheduler(-1));
	TRY(sched_setscheduler(NOBODY_HAS_IT, SCHED_OTHER, &none));
	TRY(sched_setscheduler(0, 99, &none));
	TRY(sched_setscheduler(0, SCHED_OTHER, &some));
	TRY(sched_setscheduler(0, SCHED_FIFO, &high));
	TRY(sched_setscheduler(0, SCHED_FIFO, &none));
	TRY(sched_setscheduler(-1, SCHED_OTHER, &none));
	TRY(sched_setparam(0, &some));
	TRY(sched_setparam(NOBODY_HAS_IT, &none));
	TRY(sched_get_priority_max(99));
	TRY(sched_get_priority_min(-1));
	TRY(sched_rr_get_interval(NOBODY_HAS_IT, BAD));
	TRY(sched_rr_get_interval(-1, BAD));
	TRY(sched_setaffinity(0, sizeof set, &set));
	TRY(sched_setaffinity(NOBODY_HAS_IT, sizeof set, &set));
	TRY(sched_getaffinity(NOBODY_HAS_IT, sizeof set, &set));
	TRY(syscall(SYS_sched_getaffinity, 0, 1, &set));
	TRY(syscall(SYS_sched_setattr, 0, 0, 0));
	TRY(syscall(SYS_sched_getattr, 0, &set, 1, 0));
	TRY(syscall(SYS_sched_getattr, 0, 0, 48, 0));
	IN_CHILD(become_nobody(); TRY(sched_setscheduler(0, SCHED_FIFO, &some)); TRY(sched_setscheduler(1, SCHED_OTHER, &none));
		TRY(sched_setscheduler(0, SCHED_OTHER, &none)); TRY(sched_setscheduler(0, SCHED_IDLE, &none));
		TRY(sched_setaffinity(1, sizeof set, &set)));
}

static void futexes(void)
{
	int word = 1, other = 1;
	struct timespec wrong = { 0, 1000000000 }, none = { 0, 0 };
	TRY(syscall(SYS_futex, &word, FUTEX_WAIT, 2, 0));
	TRY(syscall(SYS_futex, &word, FUTEX_WAIT, 1, &wrong));
	TRY(syscall(SYS_futex, &word, FUTEX_WAIT, 1, &none));
	TRY(syscall(SYS_futex, (char *)&word + 1, FUTEX_WAIT, 1, 0));
	TRY(syscall(SYS_futex, BAD, FUTEX_WAIT, 1, 0));
	TRY(syscall(SYS_futex, (char *)&word + 1, FUTEX_WAKE, 1));
	TRY(syscall(SYS_futex, &word, 99, 1, 0));
	TRY(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, 1, 0, 0, 0));
	TRY(syscall(SYS_futex, &word, FUTEX_WAKE_BITSET, 1, 0, 0, 0));
	TRY(syscall(SYS_futex, &word, FUTEX_CMP_REQUEUE, 1, 1, &other, 2));
	TRY(syscall(SYS_futex, &word, FUTEX_REQUEUE, -1, 1, &other, 0));
	TRY(syscall(SYS_futex, &word, FUTEX_UNLOCK_PI, 0, 0));
	TRY(syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 0, 0));
	TRY(syscall(SYS_set_robust_list, &word, 1));
	TRY(syscall(SYS_get_robust_list, NOBODY_HAS_IT, &word, &other));
	TRY(syscall(SYS_membarrier, 9999, 0));
	TRY(syscall(SYS_membarrier, 0, 1));
}

static void *nothing(void *unused)
{
	return 0;
}

static void threads(void)
{
	pthread_attr_t attributes;
	pthread_mutexattr_t mutex_attributes;
	pthread_mutex_t checked, plain = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
	pthread_condattr_t condition_attributes;
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
	pthread_barrier_t barrier;
	pthread_key_t key;
	pthread_t thread;
	struct timespec wrong = { 0, 1000000000 }, past = { 0, 0 };
	struct sched_param high = { 100 };
	int number;
	pthread_attr_init(&attributes);
	TRY_ERROR(pthread_attr_setdetachstate(&attributes, 99));
	TRY_ERROR(pthread_attr_setstacksize(&attributes, 1));
	TRY_ERROR(pthread_attr_setscope(&attributes, 99));
	TRY_ERROR(pthread_attr_setscope(&attributes, PTHREAD_SCOPE_PROCESS));
	TRY_ERROR(pthread_attr_setinheritsched(&attributes, 99));
	TRY_ERROR(pthread_attr_setschedpolicy(&attributes, 99));
	TRY_ERROR(pthread_attr_setschedparam(&attributes, &high));
	TRY_ERROR(pthread_join(pthread_self(), 0));
	TRY_ERROR(pthread_setcancelstate(99, &number));
	TRY_ERROR(pthread_setcanceltype(99, &number));
	TRY_ERROR(pthread_key_create(&key, 0));
	TRY_ERROR(pthread_key_delete(key));
	TRY_ERROR(pthread_setschedparam(pthread_self(), 99, &high));
	TRY_ERROR(pthread_setschedparam(pthread_self(), SCHED_FIFO, &high));
	pthread_mutexattr_init(&mutex_attributes);
	TRY_ERROR(pthread_mutexattr_settype(&mutex_attributes, 99));
	TRY_ERROR(pthread_mutexattr_setpshared(&mutex_attributes, 99));
	TRY_ERROR(pthread_mutexattr_setprotocol(&mutex_attributes, 99));
	TRY_ERROR(pthread_mutexattr_setrobust(&mutex_attributes, 99));
	TRY_ERROR(pthread_mutexattr_setprioceiling(&mutex_attributes, 1000));
	pthread_mutexattr_settype(&mutex_attributes, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&checked, &mutex_attributes);
	TRY_ERROR(pthread_mutex_unlock(&checked));
	TRY_ERROR(pthread_mutex_lock(&checked));
	TRY_ERROR(pthread_mutex_lock(&checked));
	TRY_ERROR(pthread_mutex_trylock(&checked));
	TRY_ERROR(pthread_mutex_timedlock(&checked, &past));
	TRY_ERROR(pthread_mutex_consistent(&checked));
	TRY_ERROR(pthread_mutex_lock(&plain));
	TRY_ERROR(pthread_mutex_trylock(&plain));
	TRY_ERROR(pthread_mutex_timedlock(&plain, &past));
	TRY_ERROR(pthread_mutex_timedlock(&plain, &wrong));
	TRY_ERROR(pthread_cond_timedwait(&condition, &plain, &wrong));
	TRY_ERROR(pthread_cond_timedwait(&condition, &plain, &past));
	TRY_ERROR(pthread_condattr_init(&condition_attributes));
	TRY_ERROR(pthread_condattr_setclock(&condition_attributes, CLOCK_PROCESS_CPUTIME_ID));
	TRY_ERROR(pthread_condattr_setpshared(&condition_attributes, 99));
	TRY_ERROR(pthread_rwlock_wrlock(&lock));
	TRY_ERROR(pthread_rwlock_tryrdlock(&lock));
	TRY_ERROR(pthread_rwlock_trywrlock(&lock));
	TRY_ERROR(pthread_barrier_init(&barrier, 0, 0));
	pthread_create(&thread, 0, nothing, 0);
	TRY_ERROR(pthread_join(thread, 0));
	TRY_ERROR(pthread_setname_np(pthread_self(), "a name that is too long"));
}

int main(void)
{
	go_to_memory();
	mapping();
	others_memory();
	scheduling();
	futexes();
	threads();
	return 0;
}
