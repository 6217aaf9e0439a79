package org.javix.posix;

import static org.javix.posix.ApiModule.POSIX_FS;
import static org.javix.posix.ApiModule.POSIX_IPC;
import static org.javix.posix.ApiModule.POSIX_LOCK;
import static org.javix.posix.ApiModule.POSIX_MMAN;
import static org.javix.posix.ApiModule.POSIX_NET;
import static org.javix.posix.ApiModule.POSIX_PROCESS;
import static org.javix.posix.ApiModule.POSIX_SIGNAL;
import static org.javix.posix.ApiModule.POSIX_THREAD;
import static org.javix.posix.ApiModule.POSIX_TIME;
import static org.javix.posix.ApiModule.POSIX_TTY;
import static org.javix.posix.ApiModule.POSIX_USER;
import static org.javix.posix.SystemCall.Result.ADDRESS;
import static org.javix.posix.SystemCall.Result.FD;
import static org.javix.posix.SystemCall.Result.MODE;
import static org.javix.posix.SystemCall.Result.NEVER;
import static org.javix.posix.SystemCall.Result.NUMBER;
import static org.javix.posix.SystemCall.Result.OFFSET;
import static org.javix.posix.SystemCall.Result.PID;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The call table: every system call that a guest can import, declared once. From it come the
 * dispatch, the guest's C declarations, traces, and the status page.
 *
 * <p>A call answers zero or more, or a negative errno. Parameters are Linux's, in Linux's order; a
 * file offset is one i64, everything else an i32. Structures are laid out as a 32-bit Linux with
 * 64-bit {@code time_t} has them.
 */
public final class SystemCalls {
    private SystemCalls() {}

    private static final List<SystemCall> ALL = List.of(
            // Processes.
            process(1003, "exec_image_size").returns(NUMBER).does(ExecCalls::execImageSize),
            process(1004, "exec_image").address("image").does(ExecCalls::execImage),
            process(1000, "fork").returns(PID).interrupts().does(ForkCalls::fork),
            process(1001, "vfork").returns(PID).interrupts().does(ForkCalls::vfork),
            process(1002, "spawn").path("path").strings("argv").strings("envp").struct("actions").struct("attributes").returns(PID).does(SpawnCalls::spawn),
            process(221, "execve").path("path").strings("argv").strings("envp").does(ExecCalls::execve),
            process(281, "execveat").dirfd("dirfd").path("path").strings("argv").strings("envp").flags("flags", Flags.AT).does(ExecCalls::execveat),
            process(93, "exit").integer("status").returns(NEVER).does(ProcessCalls::exit),
            process(94, "exit_group").integer("status").returns(NEVER).does(ProcessCalls::exitGroup),
            process(260, "wait4").pid("pid").struct("status").flags("options", Flags.WAIT).struct("rusage").returns(PID).restarts().does(ProcessCalls::wait4),
            process(95, "waitid").integer("type").pid("id").struct("info").flags("options", Flags.WAIT).struct("rusage").restarts().does(ProcessCalls::waitid),
            process(172, "getpid").returns(PID).does(ProcessCalls::getpid),
            process(173, "getppid").returns(PID).does(ProcessCalls::getppid),
            process(178, "gettid").returns(PID).does(ProcessCalls::gettid),
            process(96, "set_tid_address").address("tid").returns(PID).does(ThreadCalls::setTidAddress),
            process(154, "setpgid").pid("pid").pid("pgid").does(ProcessCalls::setpgid),
            process(155, "getpgid").pid("pid").returns(PID).does(ProcessCalls::getpgid),
            process(156, "getsid").pid("pid").returns(PID).does(ProcessCalls::getsid),
            process(157, "setsid").returns(PID).does(ProcessCalls::setsid),
            process(160, "uname").struct("name").does(SystemInfoCalls::uname),
            process(179, "sysinfo").struct("info").does(SystemInfoCalls::sysinfo),
            process(161, "sethostname").input("name").count("length").does(SystemInfoCalls::sethostname),
            process(162, "setdomainname").input("name").count("length").does(SystemInfoCalls::setdomainname),
            process(261, "prlimit64").pid("pid").flags("resource", Flags.RLIMIT).struct("new").struct("old").does(LimitCalls::prlimit64),
            process(163, "getrlimit").flags("resource", Flags.RLIMIT).struct("limit").does(LimitCalls::getrlimit),
            process(164, "setrlimit").flags("resource", Flags.RLIMIT).struct("limit").does(LimitCalls::setrlimit),
            process(165, "getrusage").flags("who", Flags.RUSAGE).struct("usage").does(LimitCalls::getrusage),
            process(153, "times").struct("times").returns(NUMBER).does(TimeCalls::times),
            process(140, "setpriority").integer("which").pid("who").integer("priority").does(LimitCalls::setpriority),
            process(141, "getpriority").integer("which").pid("who").returns(NUMBER).does(LimitCalls::getpriority),
            process(167, "prctl").integer("option").address("a").address("b").address("c").address("d").partly("names, death signals, subreapers, no new privileges, and what programs ask").does(ProcessControl::prctl),
            process(92, "personality").count("persona").returns(NUMBER).partly("kept, without effect").does(ProcessCalls::personality),
            process(168, "getcpu").address("cpu").address("node").does(SystemInfoCalls::getcpu),
            process(278, "getrandom").output("buffer").count("count").flags("flags", Flags.GRND).returns(NUMBER).does(SystemInfoCalls::getrandom),
            process(116, "syslog").integer("type").output("buffer").count("length").partly("an empty log").does(PrivilegeCalls::syslog),
            process(97, "unshare").flags("flags", Flags.ANY).partly("EPERM for namespaces").does(PrivilegeCalls::unshare),
            process(124, "sched_yield").does(SchedulingCalls::yield),
            process(123, "sched_getaffinity").pid("pid").count("size").struct("mask").returns(NUMBER).does(SchedulingCalls::getAffinity),
            process(268, "setns").fd("fd").flags("type", Flags.ANY).partly("there are no namespaces").does(PrivilegeCalls::setns),
            process(117, "ptrace").integer("request").pid("pid").address("address").address("data").missing(),
            process(142, "reboot").integer("magic").integer("magic2").integer("command").address("argument").partly("always EPERM").does(PrivilegeCalls::denied),
            process(89, "acct").path("path").partly("always EPERM").does(PrivilegeCalls::denied),
            process(90, "capget").address("header").address("data").does(PrivilegeCalls::capget),
            process(91, "capset").address("header").address("data").partly("what is dropped is kept").does(PrivilegeCalls::capset),
            process(105, "init_module").address("image").count("length").string("parameters").partly("always EPERM").does(PrivilegeCalls::denied),
            process(106, "delete_module").string("name").flags("flags", Flags.ANY).partly("always EPERM").does(PrivilegeCalls::denied),
            process(273, "finit_module").fd("fd").string("parameters").flags("flags", Flags.ANY).partly("always EPERM").does(PrivilegeCalls::denied),
            process(270, "process_vm_readv").pid("pid").iovec("local").count("count").iovec("remote").count("rcount").count("flags").does(ProcessMemoryCalls::readv),
            process(271, "process_vm_writev").pid("pid").iovec("local").count("count").iovec("remote").count("rcount").count("flags").does(ProcessMemoryCalls::writev),
            process(434, "pidfd_open").pid("pid").flags("flags", Flags.OPEN).returns(FD).does(PidCalls::pidfdOpen),
            process(438, "pidfd_getfd").fd("pidfd").fd("fd").flags("flags", Flags.ANY).returns(FD).does(PidCalls::pidfdGetfd),
            process(272, "kcmp").pid("first").pid("second").integer("type").count("a").count("b").returns(NUMBER).partly("KCMP_FILE; else whether it is the same process").does(PidCalls::kcmp),
            process(30, "ioprio_set").integer("which").pid("who").integer("priority").partly("kept, without effect").does(LimitCalls::ioprioSet),
            process(31, "ioprio_get").integer("which").pid("who").returns(NUMBER).does(LimitCalls::ioprioGet),
            process(277, "seccomp").count("operation").flags("flags", Flags.ANY).address("arguments").missing(),

            // Signals.
            signal(1005, "siginfo").struct("info").struct("context").does(SignalCalls::siginfo),
            signal(1006, "jump_point").does(SignalCalls::jumpPoint),
            signal(129, "kill").pid("pid").signal("signal").interrupts().does(SignalCalls::kill),
            signal(130, "tkill").pid("tid").signal("signal").interrupts().does(SignalCalls::tkill),
            signal(131, "tgkill").pid("tgid").pid("tid").signal("signal").interrupts().does(SignalCalls::tgkill),
            signal(134, "rt_sigaction").signal("signal").struct("new").struct("old").count("setsize").does(SignalCalls::rtSigaction),
            signal(135, "rt_sigprocmask").flags("how", Flags.SIGNAL_HOW).struct("new").struct("old").count("setsize").interrupts().does(SignalCalls::rtSigprocmask),
            signal(136, "rt_sigpending").struct("set").count("setsize").does(SignalCalls::rtSigpending),
            signal(133, "rt_sigsuspend").struct("mask").count("setsize").interrupts().does(SignalCalls::rtSigsuspend),
            signal(137, "rt_sigtimedwait").alias("rt_sigtimedwait_time64").struct("set").struct("info").struct("timeout").count("setsize").returns(NUMBER).interrupts().does(SignalCalls::rtSigtimedwait),
            signal(138, "rt_sigqueueinfo").pid("pid").signal("signal").struct("info").interrupts().does(SignalCalls::rtSigqueueinfo),
            signal(240, "rt_tgsigqueueinfo").pid("tgid").pid("tid").signal("signal").struct("info").interrupts().does(SignalCalls::rtTgsigqueueinfo),
            signal(139, "rt_sigreturn").missing("handlers return by returning"),
            signal(132, "sigaltstack").struct("new").struct("old").does(SignalCalls::sigaltstack),
            signal(74, "signalfd4").fd("fd").struct("mask").count("setsize").flags("flags", Flags.OPEN).returns(FD).does(EventCalls::signalfd4),
            signal(424, "pidfd_send_signal").fd("pidfd").signal("signal").struct("info").flags("flags", Flags.ANY).interrupts().does(PidCalls::pidfdSendSignal),

            // Files.
            fs(56, "openat").dirfd("dirfd").path("path").flags("flags", Flags.OPEN).mode("mode").returns(FD).restarts().does(FsCalls::openat),
            fs(437, "openat2").dirfd("dirfd").path("path").struct("how").count("size").returns(FD).restarts().does(FsCalls::openat2),
            fs(57, "close").fd("fd").does(DescriptorCalls::close),
            fs(436, "close_range").fd("first").fd("last").flags("flags", Flags.ANY).does(DescriptorCalls::closeRange),
            fs(63, "read").fd("fd").output("buffer").count("count").returns(NUMBER).restarts().does(IoCalls::read),
            fs(64, "write").fd("fd").input("buffer").count("count").returns(NUMBER).restarts().does(IoCalls::write),
            fs(65, "readv").fd("fd").iovec("vector").count("count").returns(NUMBER).restarts().does(IoCalls::readv),
            fs(66, "writev").fd("fd").iovec("vector").count("count").returns(NUMBER).restarts().does(IoCalls::writev),
            fs(67, "pread64").fd("fd").output("buffer").count("count").offset("offset").returns(NUMBER).restarts().does(IoCalls::pread64),
            fs(68, "pwrite64").fd("fd").input("buffer").count("count").offset("offset").returns(NUMBER).restarts().does(IoCalls::pwrite64),
            fs(69, "preadv").fd("fd").iovec("vector").count("count").offset("offset").integer("high").returns(NUMBER).restarts().does(IoCalls::preadv),
            fs(70, "pwritev").fd("fd").iovec("vector").count("count").offset("offset").integer("high").returns(NUMBER).restarts().does(IoCalls::pwritev),
            fs(286, "preadv2").fd("fd").iovec("vector").count("count").offset("offset").integer("high").flags("flags", Flags.RWF).returns(NUMBER).restarts().does(FlaggedIoCalls::preadv2),
            fs(287, "pwritev2").fd("fd").iovec("vector").count("count").offset("offset").integer("high").flags("flags", Flags.RWF).returns(NUMBER).restarts().partly("RWF_APPEND is not one step with what others append").does(FlaggedIoCalls::pwritev2),
            fs(62, "lseek").fd("fd").offset("offset").flags("whence", Flags.SEEK).returns(OFFSET).does(IoCalls::lseek),
            fs(71, "sendfile").fd("out").fd("in").struct("offset").count("count").returns(NUMBER).restarts().does(TransferCalls::sendfile),
            fs(285, "copy_file_range").fd("in").struct("inoffset").fd("out").struct("outoffset").count("count").flags("flags", Flags.ANY).returns(NUMBER).restarts().does(TransferCalls::copyFileRange),
            fs(76, "splice").fd("in").struct("inoffset").fd("out").struct("outoffset").count("count").flags("flags", Flags.SPLICE).returns(NUMBER).restarts().does(TransferCalls::splice),
            fs(77, "tee").fd("in").fd("out").count("count").flags("flags", Flags.ANY).returns(NUMBER).restarts().does(TransferCalls::tee),
            fs(75, "vmsplice").fd("fd").iovec("vector").count("count").flags("flags", Flags.ANY).returns(NUMBER).restarts().does(TransferCalls::vmsplice),
            fs(23, "dup").fd("fd").returns(FD).does(DescriptorCalls::dup),
            fs(24, "dup3").fd("old").fd("new").flags("flags", Flags.OPEN).returns(FD).does(DescriptorCalls::dup3),
            fs(25, "fcntl").fd("fd").flags("command", Flags.FCNTL).address("argument").returns(NUMBER).restarts().does(DescriptorCalls::fcntl),
            fs(79, "newfstatat").dirfd("dirfd").path("path").struct("stat").flags("flags", Flags.AT).does(StatCalls::fstatat),
            fs(80, "fstat").fd("fd").struct("stat").does(StatCalls::fstat),
            fs(291, "statx").dirfd("dirfd").path("path").flags("flags", Flags.AT).count("mask").struct("statx").does(StatCalls::statx),
            fs(43, "statfs").path("path").struct("statfs").does(StatCalls::statfs),
            fs(44, "fstatfs").fd("fd").struct("statfs").does(StatCalls::fstatfs),
            fs(48, "faccessat").dirfd("dirfd").path("path").flags("mode", Flags.ACCESS).does(FsCalls::faccessat),
            fs(439, "faccessat2").dirfd("dirfd").path("path").flags("mode", Flags.ACCESS).flags("flags", Flags.AT_ACCESS).does(FsCalls::faccessat2),
            fs(61, "getdents64").fd("fd").output("buffer").count("count").returns(NUMBER).does(FsCalls::getdents64),
            fs(17, "getcwd").output("buffer").count("size").returns(NUMBER).does(FsCalls::getcwd),
            fs(49, "chdir").path("path").does(FsCalls::chdir),
            fs(50, "fchdir").fd("fd").does(FsCalls::fchdir),
            fs(51, "chroot").path("path").does(FsCalls::chroot),
            fs(34, "mkdirat").dirfd("dirfd").path("path").mode("mode").does(FsCalls::mkdirat),
            fs(33, "mknodat").dirfd("dirfd").path("path").mode("mode").offset("device").does(FsCalls::mknodat),
            fs(35, "unlinkat").dirfd("dirfd").path("path").flags("flags", Flags.AT).does(FsCalls::unlinkat),
            fs(36, "symlinkat").string("target").dirfd("dirfd").path("path").does(FsCalls::symlinkat),
            fs(37, "linkat").dirfd("olddirfd").path("oldpath").dirfd("newdirfd").path("newpath").flags("flags", Flags.AT).does(FsCalls::linkat),
            fs(38, "renameat").dirfd("olddirfd").path("oldpath").dirfd("newdirfd").path("newpath").does(FsCalls::renameat),
            fs(276, "renameat2").dirfd("olddirfd").path("oldpath").dirfd("newdirfd").path("newpath").flags("flags", Flags.RENAME).does(FsCalls::renameat2),
            fs(78, "readlinkat").dirfd("dirfd").path("path").output("buffer").count("size").returns(NUMBER).does(FsCalls::readlinkat),
            fs(52, "fchmod").fd("fd").mode("mode").does(AttributeCalls::fchmod),
            fs(53, "fchmodat").dirfd("dirfd").path("path").mode("mode").does(AttributeCalls::fchmodat),
            fs(452, "fchmodat2").dirfd("dirfd").path("path").mode("mode").flags("flags", Flags.AT).does(AttributeCalls::fchmodat2),
            fs(54, "fchownat").dirfd("dirfd").path("path").integer("owner").integer("group").flags("flags", Flags.AT).does(AttributeCalls::fchownat),
            fs(55, "fchown").fd("fd").integer("owner").integer("group").does(AttributeCalls::fchown),
            fs(88, "utimensat").alias("utimensat_time64").dirfd("dirfd").path("path").struct("times").flags("flags", Flags.AT).does(AttributeCalls::utimensat),
            fs(45, "truncate").path("path").offset("length").interrupts().does(AttributeCalls::truncate),
            fs(46, "ftruncate").fd("fd").offset("length").interrupts().does(AttributeCalls::ftruncate),
            fs(47, "fallocate").fd("fd").flags("mode", Flags.FALLOCATE).offset("offset").offset("length").does(AttributeCalls::fallocate),
            fs(166, "umask").mode("mask").returns(MODE).does(FsCalls::umask),
            fs(81, "sync").does(AttributeCalls::sync),
            fs(82, "fsync").fd("fd").does(AttributeCalls::fsync),
            fs(83, "fdatasync").fd("fd").does(AttributeCalls::fsync),
            fs(267, "syncfs").fd("fd").does(AttributeCalls::syncfs),
            fs(84, "sync_file_range").fd("fd").offset("offset").offset("length").flags("flags", Flags.ANY).does(AttributeCalls::syncFileRange),
            fs(213, "readahead").fd("fd").offset("offset").count("count").does(AttributeCalls::readahead),
            fs(223, "fadvise64").fd("fd").offset("offset").offset("length").integer("advice").does(AttributeCalls::fadvise64),
            fs(73, "ppoll").alias("ppoll_time64").struct("fds").count("count").struct("timeout").struct("mask").count("setsize").returns(NUMBER).interrupts().does(PollCalls::ppoll),
            fs(72, "pselect6").alias("pselect6_time64").count("count").struct("read").struct("write").struct("except").struct("timeout").struct("mask").returns(NUMBER).interrupts().does(PollCalls::pselect6),
            fs(20, "epoll_create1").flags("flags", Flags.OPEN).returns(FD).does(EpollCalls::epollCreate1),
            fs(21, "epoll_ctl").fd("epoll").flags("operation", Flags.EPOLL_CTL).fd("fd").struct("event").does(EpollCalls::epollCtl),
            fs(22, "epoll_pwait").fd("epoll").struct("events").integer("count").integer("timeout").struct("mask").count("setsize").returns(NUMBER).interrupts().does(EpollCalls::epollPwait),
            fs(441, "epoll_pwait2").fd("epoll").struct("events").integer("count").struct("timeout").struct("mask").count("setsize").returns(NUMBER).interrupts().does(EpollCalls::epollPwait2),
            fs(26, "inotify_init1").flags("flags", Flags.OPEN).returns(FD).does(InotifyCalls::inotifyInit1),
            fs(27, "inotify_add_watch").fd("fd").path("path").flags("mask", Flags.ANY).returns(NUMBER).does(InotifyCalls::inotifyAddWatch),
            fs(28, "inotify_rm_watch").fd("fd").integer("watch").does(InotifyCalls::inotifyRmWatch),
            fs(262, "fanotify_init").flags("flags", Flags.ANY).flags("eventflags", Flags.ANY).returns(FD).missing(),
            fs(263, "fanotify_mark").fd("fd").flags("flags", Flags.ANY).offset("mask").dirfd("dirfd").path("path").missing(),
            fs(40, "mount").string("source").path("target").string("type").flags("flags", Flags.MOUNT).string("data").partly("tmpfs, proc, overlay; bind, move, remount").does(MountCalls::mount),
            fs(39, "umount2").path("target").flags("flags", Flags.UMOUNT).does(MountCalls::umount2),
            fs(41, "pivot_root").path("new").path("old").partly("always EPERM").does(PrivilegeCalls::denied),
            fs(224, "swapon").path("path").flags("flags", Flags.ANY).partly("always EPERM").does(PrivilegeCalls::denied),
            fs(225, "swapoff").path("path").partly("always EPERM").does(PrivilegeCalls::denied),
            fs(60, "quotactl").integer("command").path("special").integer("id").address("address").partly("any path stands for its file system; only tmpfs counts").does(QuotaCalls::quotactl),
            fs(5, "setxattr").path("path").string("name").input("value").count("size").flags("flags", Flags.ANY).does(ExtendedAttributes.set(ExtendedAttributes.PATH)),
            fs(6, "lsetxattr").path("path").string("name").input("value").count("size").flags("flags", Flags.ANY).does(ExtendedAttributes.set(ExtendedAttributes.LINK)),
            fs(7, "fsetxattr").fd("fd").string("name").input("value").count("size").flags("flags", Flags.ANY).does(ExtendedAttributes.set(ExtendedAttributes.DESCRIPTOR)),
            fs(8, "getxattr").path("path").string("name").output("value").count("size").returns(NUMBER).does(ExtendedAttributes.get(ExtendedAttributes.PATH)),
            fs(9, "lgetxattr").path("path").string("name").output("value").count("size").returns(NUMBER).does(ExtendedAttributes.get(ExtendedAttributes.LINK)),
            fs(10, "fgetxattr").fd("fd").string("name").output("value").count("size").returns(NUMBER).does(ExtendedAttributes.get(ExtendedAttributes.DESCRIPTOR)),
            fs(11, "listxattr").path("path").output("list").count("size").returns(NUMBER).does(ExtendedAttributes.list(ExtendedAttributes.PATH)),
            fs(12, "llistxattr").path("path").output("list").count("size").returns(NUMBER).does(ExtendedAttributes.list(ExtendedAttributes.LINK)),
            fs(13, "flistxattr").fd("fd").output("list").count("size").returns(NUMBER).does(ExtendedAttributes.list(ExtendedAttributes.DESCRIPTOR)),
            fs(14, "removexattr").path("path").string("name").does(ExtendedAttributes.remove(ExtendedAttributes.PATH)),
            fs(15, "lremovexattr").path("path").string("name").does(ExtendedAttributes.remove(ExtendedAttributes.LINK)),
            fs(16, "fremovexattr").fd("fd").string("name").does(ExtendedAttributes.remove(ExtendedAttributes.DESCRIPTOR)),
            fs(264, "name_to_handle_at").dirfd("dirfd").path("path").struct("handle").address("mount").flags("flags", Flags.AT).does(HandleCalls::nameToHandle),
            fs(265, "open_by_handle_at").fd("mount").struct("handle").flags("flags", Flags.OPEN).returns(FD).does(HandleCalls::openByHandle),
            fs(443, "quotactl_fd").fd("fd").integer("command").integer("id").address("address").partly("only tmpfs counts").does(QuotaCalls::quotactlFd),

            // Locks. Record locks are commands of fcntl.
            lock(32, "flock").fd("fd").flags("operation", Flags.FLOCK).restarts().does(LockCalls::flock),

            // Memory.
            mman(214, "brk").address("end").returns(ADDRESS).does(MapCalls::brk),
            mman(1020, "heap_map").address("address").count("length").flags("prot", Flags.PROT).flags("flags", Flags.MAP).returns(ADDRESS).does(MapCalls::heapMap),
            mman(1021, "heap_unmap").address("address").count("length").does(MapCalls::munmap),
            mman(1022, "heap_remap").address("old").count("oldsize").count("newsize").flags("flags", Flags.MREMAP).returns(ADDRESS).does(RemapCalls::heapRemap),
            mman(1023, "heap_protect").address("address").count("length").flags("prot", Flags.PROT).does(MapCalls::mprotect),
            mman(222, "mmap").address("address").count("length").flags("prot", Flags.PROT).flags("flags", Flags.MAP).fd("fd").offset("offset").returns(ADDRESS).does(MapCalls::mmap),
            mman(215, "munmap").address("address").count("length").does(MapCalls::munmap),
            mman(226, "mprotect").address("address").count("length").flags("prot", Flags.PROT).does(MapCalls::mprotect),
            mman(216, "mremap").address("old").count("oldsize").count("newsize").flags("flags", Flags.MREMAP).address("new").returns(ADDRESS).does(RemapCalls::mremap),
            mman(233, "madvise").address("address").count("length").flags("advice", Flags.MADVISE).does(MemoryCalls::madvise),
            mman(227, "msync").address("address").count("length").flags("flags", Flags.ANY).does(MemoryCalls::msync),
            mman(228, "mlock").address("address").count("length").does(LockedMemoryCalls::mlock),
            mman(284, "mlock2").address("address").count("length").flags("flags", Flags.ANY).does(LockedMemoryCalls::mlock2),
            mman(229, "munlock").address("address").count("length").does(LockedMemoryCalls::munlock),
            mman(230, "mlockall").flags("flags", Flags.ANY).does(LockedMemoryCalls::mlockall),
            mman(231, "munlockall").does(LockedMemoryCalls::munlockall),
            mman(232, "mincore").address("address").count("length").address("vector").does(MemoryCalls::mincore),
            mman(234, "remap_file_pages").address("address").count("size").flags("prot", Flags.PROT).count("page").flags("flags", Flags.ANY).does(RemapCalls::remapFilePages),
            mman(279, "memfd_create").string("name").flags("flags", Flags.ANY).returns(FD).does(SharedMemoryCalls::memfdCreate),

            // Pipes, queues, semaphores, shared memory.
            ipc(59, "pipe2").struct("fds").flags("flags", Flags.OPEN).does(DescriptorCalls::pipe2),
            ipc(19, "eventfd2").count("value").flags("flags", Flags.OPEN).returns(FD).does(EventCalls::eventfd2),
            ipc(180, "mq_open").string("name").flags("flags", Flags.OPEN).mode("mode").struct("attributes").returns(FD).does(MessageQueueCalls::mqOpen),
            ipc(181, "mq_unlink").string("name").does(MessageQueueCalls::mqUnlink),
            ipc(182, "mq_timedsend").alias("mq_timedsend_time64").fd("queue").input("message").count("length").count("priority").struct("timeout").restarts().does(MessageQueueCalls::mqTimedsend),
            ipc(183, "mq_timedreceive").alias("mq_timedreceive_time64").fd("queue").output("message").count("length").struct("priority").struct("timeout").returns(NUMBER).restarts().does(MessageQueueCalls::mqTimedreceive),
            ipc(184, "mq_notify").fd("queue").struct("event").does(MessageQueueCalls::mqNotify),
            ipc(185, "mq_getsetattr").fd("queue").struct("new").struct("old").does(MessageQueueCalls::mqGetsetattr),
            ipc(186, "msgget").integer("key").flags("flags", Flags.ANY).returns(NUMBER).does(SysvMessageCalls::msgget),
            ipc(187, "msgctl").integer("queue").integer("command").struct("buffer").returns(NUMBER).does(SysvMessageCalls::msgctl),
            ipc(188, "msgrcv").integer("queue").struct("message").count("size").integer("type").flags("flags", Flags.ANY).returns(NUMBER).interrupts().does(SysvMessageCalls::msgrcv),
            ipc(189, "msgsnd").integer("queue").struct("message").count("size").flags("flags", Flags.ANY).interrupts().does(SysvMessageCalls::msgsnd),
            ipc(190, "semget").integer("key").integer("count").flags("flags", Flags.ANY).returns(NUMBER).does(SysvSemaphoreCalls::semget),
            ipc(191, "semctl").integer("set").integer("number").integer("command").address("argument").returns(NUMBER).does(SysvSemaphoreCalls::semctl),
            ipc(192, "semtimedop").alias("semtimedop_time64").integer("set").struct("operations").count("count").struct("timeout").interrupts().does(SysvSemaphoreCalls::semtimedop),
            ipc(193, "semop").integer("set").struct("operations").count("count").interrupts().does(SysvSemaphoreCalls::semop),
            ipc(194, "shmget").integer("key").count("size").flags("flags", Flags.ANY).returns(NUMBER).does(SharedMemoryCalls::shmget),
            ipc(195, "shmctl").integer("segment").integer("command").struct("buffer").returns(NUMBER).does(SharedMemoryCalls::shmctl),
            ipc(196, "shmat").integer("segment").address("address").flags("flags", Flags.ANY).returns(ADDRESS).does(SharedMemoryCalls::shmat),
            ipc(197, "shmdt").address("address").does(SharedMemoryCalls::shmdt),

            // Sockets.
            net(198, "socket").integer("domain").integer("type").integer("protocol").returns(FD).does(SocketCalls::socket),
            net(199, "socketpair").integer("domain").integer("type").integer("protocol").struct("fds").does(SocketCalls::socketpair),
            net(200, "bind").fd("fd").struct("address").count("length").does(SocketCalls::bind),
            net(201, "listen").fd("fd").integer("backlog").does(SocketCalls::listen),
            net(202, "accept").fd("fd").struct("address").struct("length").returns(FD).restarts().does(SocketCalls::accept),
            net(242, "accept4").fd("fd").struct("address").struct("length").flags("flags", Flags.OPEN).returns(FD).restarts().does(SocketCalls::accept4),
            net(203, "connect").fd("fd").struct("address").count("length").restarts().does(SocketCalls::connect),
            net(204, "getsockname").fd("fd").struct("address").struct("length").does(SocketCalls::getsockname),
            net(205, "getpeername").fd("fd").struct("address").struct("length").does(SocketCalls::getpeername),
            net(206, "sendto").fd("fd").input("buffer").count("length").flags("flags", Flags.MSG).struct("address").count("addresslength").returns(NUMBER).restarts().does(MessageCalls::sendto),
            net(207, "recvfrom").fd("fd").output("buffer").count("length").flags("flags", Flags.MSG).struct("address").struct("addresslength").returns(NUMBER).restarts().does(MessageCalls::recvfrom),
            net(208, "setsockopt").fd("fd").integer("level").integer("option").struct("value").count("length").does(SocketCalls::setsockopt),
            net(209, "getsockopt").fd("fd").integer("level").integer("option").struct("value").struct("length").does(SocketCalls::getsockopt),
            net(210, "shutdown").fd("fd").integer("how").does(SocketCalls::shutdown),
            net(211, "sendmsg").fd("fd").struct("message").flags("flags", Flags.MSG).returns(NUMBER).restarts().does(MessageCalls::sendmsg),
            net(212, "recvmsg").fd("fd").struct("message").flags("flags", Flags.MSG).returns(NUMBER).restarts().does(MessageCalls::recvmsg),
            net(269, "sendmmsg").fd("fd").struct("messages").count("count").flags("flags", Flags.MSG).returns(NUMBER).restarts().does(MessageCalls::sendmmsg),
            net(243, "recvmmsg").alias("recvmmsg_time64").fd("fd").struct("messages").count("count").flags("flags", Flags.MSG).struct("timeout").returns(NUMBER).restarts().does(MessageCalls::recvmmsg),

            // Terminals.
            tty(29, "ioctl").fd("fd").flags("request", Flags.IOCTL).address("argument").returns(NUMBER).restarts().does(TtyCalls::ioctl),
            tty(58, "vhangup").partly("always EPERM").does(PrivilegeCalls::denied),

            // Threads.
            thread(1010, "thread").address("function").address("argument").address("stack").address("tls").address("parent_tid").address("child_tid").returns(PID).does(ThreadCalls::thread),
            thread(1011, "fail_call").does(ThreadCalls::failCall),
            thread(98, "futex").alias("futex_time64").address("word").flags("operation", Flags.FUTEX).integer("value").address("timeout").address("word2").integer("value3").returns(NUMBER).restarts().does(FutexCalls::futex),
            thread(449, "futex_waitv").struct("waiters").count("count").flags("flags", Flags.ANY).struct("timeout").flags("clock", Flags.CLOCK).returns(NUMBER).does(FutexCalls::waitForAny),
            thread(99, "set_robust_list").address("head").count("length").does(ThreadCalls::setRobustList),
            thread(100, "get_robust_list").pid("tid").address("head").address("length").does(ThreadCalls::getRobustList),
            thread(283, "membarrier").flags("command", Flags.MEMBARRIER).flags("flags", Flags.ANY).returns(NUMBER).does(ThreadCalls::membarrier),
            thread(118, "sched_setparam").pid("pid").struct("parameter").does(SchedulingCalls::setParam),
            thread(119, "sched_setscheduler").pid("pid").integer("policy").struct("parameter").does(SchedulingCalls::setScheduler),
            thread(120, "sched_getscheduler").pid("pid").returns(NUMBER).does(SchedulingCalls::getScheduler),
            thread(121, "sched_getparam").pid("pid").struct("parameter").does(SchedulingCalls::getParam),
            thread(274, "sched_setattr").pid("pid").struct("attributes").flags("flags", Flags.ANY).partly("no SCHED_DEADLINE").does(SchedulingAttributeCalls::setAttributes),
            thread(275, "sched_getattr").pid("pid").struct("attributes").count("size").flags("flags", Flags.ANY).does(SchedulingAttributeCalls::getAttributes),
            thread(122, "sched_setaffinity").pid("pid").count("size").struct("mask").partly("kept, without effect").does(SchedulingCalls::setAffinity),
            thread(125, "sched_get_priority_max").integer("policy").returns(NUMBER).does(SchedulingCalls::getPriorityMax),
            thread(126, "sched_get_priority_min").integer("policy").returns(NUMBER).does(SchedulingCalls::getPriorityMin),
            thread(127, "sched_rr_get_interval").alias("sched_rr_get_interval_time64").pid("pid").struct("interval").does(SchedulingCalls::rrGetInterval),

            // Time.
            time(113, "clock_gettime").flags("clock", Flags.CLOCK).struct("time").does(TimeCalls::clockGettime),
            time(112, "clock_settime").flags("clock", Flags.CLOCK).struct("time").partly("always EPERM").does(TimeCalls::clockSettime),
            time(114, "clock_getres").flags("clock", Flags.CLOCK).struct("resolution").does(TimeCalls::clockGetres),
            time(115, "clock_nanosleep").flags("clock", Flags.CLOCK).flags("flags", Flags.TIMER).struct("request").struct("remaining").interrupts().does(TimeCalls::clockNanosleep),
            time(101, "nanosleep").struct("request").struct("remaining").interrupts().does(TimeCalls::nanosleep),
            time(169, "gettimeofday").struct("time").struct("zone").does(TimeCalls::gettimeofday),
            time(170, "settimeofday").struct("time").struct("zone").partly("always EPERM").does(TimeCalls::settimeofday),
            time(102, "getitimer").flags("which", Flags.ITIMER).struct("value").does(TimeCalls::getitimer),
            time(103, "setitimer").flags("which", Flags.ITIMER).struct("new").struct("old").does(TimeCalls::setitimer),
            time(171, "adjtimex").struct("timex").returns(NUMBER).partly("read only").does(ClockAdjustment::adjtimex),
            time(266, "clock_adjtime").flags("clock", Flags.CLOCK).struct("timex").returns(NUMBER).partly("read only").does(ClockAdjustment::clockAdjtime),
            time(107, "timer_create").flags("clock", Flags.CLOCK).struct("event").struct("timer").does(TimerCalls::timerCreate),
            time(108, "timer_gettime").integer("timer").struct("value").does(TimerCalls::timerGettime),
            time(109, "timer_getoverrun").integer("timer").returns(NUMBER).does(TimerCalls::timerGetoverrun),
            time(110, "timer_settime").integer("timer").flags("flags", Flags.TIMER).struct("new").struct("old").interrupts().does(TimerCalls::timerSettime),
            time(111, "timer_delete").integer("timer").does(TimerCalls::timerDelete),
            time(85, "timerfd_create").flags("clock", Flags.CLOCK).flags("flags", Flags.OPEN).returns(FD).does(EventCalls::timerfdCreate),
            time(86, "timerfd_settime").fd("fd").flags("flags", Flags.TIMER).struct("new").struct("old").does(EventCalls::timerfdSettime),
            time(87, "timerfd_gettime").fd("fd").struct("value").does(EventCalls::timerfdGettime),

            // Users.
            user(174, "getuid").returns(NUMBER).does(UserCalls::getuid),
            user(175, "geteuid").returns(NUMBER).does(UserCalls::geteuid),
            user(176, "getgid").returns(NUMBER).does(UserCalls::getgid),
            user(177, "getegid").returns(NUMBER).does(UserCalls::getegid),
            user(148, "getresuid").struct("real").struct("effective").struct("saved").does(UserCalls::getresuid),
            user(150, "getresgid").struct("real").struct("effective").struct("saved").does(UserCalls::getresgid),
            user(146, "setuid").integer("uid").does(UserCalls::setuid),
            user(144, "setgid").integer("gid").does(UserCalls::setgid),
            user(145, "setreuid").integer("real").integer("effective").does(UserCalls::setreuid),
            user(143, "setregid").integer("real").integer("effective").does(UserCalls::setregid),
            user(147, "setresuid").integer("real").integer("effective").integer("saved").does(UserCalls::setresuid),
            user(149, "setresgid").integer("real").integer("effective").integer("saved").does(UserCalls::setresgid),
            user(151, "setfsuid").integer("uid").returns(NUMBER).partly("tells the effective id; changes nothing").does(PrivilegeCalls::setfsuid),
            user(152, "setfsgid").integer("gid").returns(NUMBER).partly("tells the effective id; changes nothing").does(PrivilegeCalls::setfsgid),
            user(158, "getgroups").count("size").struct("list").returns(NUMBER).does(UserCalls::getgroups),
            user(159, "setgroups").count("size").struct("list").does(UserCalls::setgroups));

    private static final Map<String, SystemCall> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(SystemCall::name, Function.identity()));

    /** Every call, grouped by API module. */
    public static List<SystemCall> all() {
        return ALL;
    }

    /** The call of this name, or null. */
    public static SystemCall named(String name) {
        return BY_NAME.get(name);
    }

    private static CallBuilder process(int number, String name) {
        return new CallBuilder(POSIX_PROCESS, number, name);
    }

    private static CallBuilder signal(int number, String name) {
        return new CallBuilder(POSIX_SIGNAL, number, name);
    }

    private static CallBuilder fs(int number, String name) {
        return new CallBuilder(POSIX_FS, number, name);
    }

    private static CallBuilder lock(int number, String name) {
        return new CallBuilder(POSIX_LOCK, number, name);
    }

    private static CallBuilder mman(int number, String name) {
        return new CallBuilder(POSIX_MMAN, number, name);
    }

    private static CallBuilder ipc(int number, String name) {
        return new CallBuilder(POSIX_IPC, number, name);
    }

    private static CallBuilder net(int number, String name) {
        return new CallBuilder(POSIX_NET, number, name);
    }

    private static CallBuilder tty(int number, String name) {
        return new CallBuilder(POSIX_TTY, number, name);
    }

    private static CallBuilder thread(int number, String name) {
        return new CallBuilder(POSIX_THREAD, number, name);
    }

    private static CallBuilder time(int number, String name) {
        return new CallBuilder(POSIX_TIME, number, name);
    }

    private static CallBuilder user(int number, String name) {
        return new CallBuilder(POSIX_USER, number, name);
    }
}
