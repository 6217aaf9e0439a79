package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.javix.net.Network;
import org.javix.vfs.Credentials;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFileCount;
import org.javix.vfs.Result;

/**
 * The operating system of one sandbox: its processes and what they share. Thread-safe.
 *
 * <p>There is no lock of the kernel as a whole. Locks, in the order in which they may be taken: a
 * terminal; {@link JobControl}; a {@link ProcessGroup}; a process's {@link Children}, then init's; a
 * {@link SignalState}; a pipe; a wait queue.
 */
public final class Kernel implements AutoCloseable {
    /** The unit of {@code clock_t} as {@code times} tells it, in nanoseconds: 100 per second. */
    public static final long CLOCK_TICK = 10_000_000;

    /** The least that {@link #pidMax} is. */
    private static final int PID_MAX = 32_768;

    /** How many files may be watched by all {@link Epoll}s together. */
    private static final int MAX_WATCHES = 1 << 19;

    /** Which limit of the sandbox ended its processes. */
    public enum Exceeded {
        /** CPU time. */
        CPU,
        /** Wall time. */
        WALL
    }

    private final Limits limits;
    private final Mounts mounts;
    private final InstantSource clock;
    private final long started = System.nanoTime();
    private final ConcurrentHashMap<Integer, Process> processes = new ConcurrentHashMap<>();
    // Of each process all threads but the first, by their numbers.
    private final ConcurrentHashMap<Integer, Task> tasks = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger lastPid = new AtomicInteger(1);
    // Threads of processes that have not ended; guarded by threadLock.
    private final Object threadLock = new Object();
    private final AtomicInteger threads = new AtomicInteger();
    private final Ticker ticker = new Ticker(this);
    private final Timeouts timeouts = new Timeouts();
    private final Process init;
    private final TerminalDevices terminals;
    private final SysvIpc sysvIpc = new SysvIpc(this);
    private final InotifyFile.Count inotifyCount = new InotifyFile.Count();
    private final MqueueFs messageQueues = new MqueueFs(this);
    private final MessageSpace messageSpace = new MessageSpace();
    private final Network network;
    private final AtomicInteger watches = new AtomicInteger();
    private volatile String hostname = "javix";
    private volatile String domainName = "(none)";
    private volatile boolean closing;
    private volatile Exceeded exceeded;
    private volatile BiConsumer<Process, Throwable> failureHandler = (process, failure) -> {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    };

    final ConcurrentHashMap<Integer, ProcessGroup> groups = new ConcurrentHashMap<>();
    final ConcurrentHashMap<Integer, Session> sessions = new ConcurrentHashMap<>();
    final JobControl jobs = new JobControl(this);
    private final Kill kill = new Kill(this);
    private final Futexes futexes = new Futexes();
    /** How many processes are stopped. */
    final AtomicInteger stoppedCount = new AtomicInteger();

    /** A system over a tree of files, with the default limits. */
    public Kernel(Mounts mounts) {
        this(mounts, Limits.DEFAULT, InstantSource.system());
    }

    /** A system over a tree of files. */
    public Kernel(Mounts mounts, Limits limits, InstantSource clock) {
        this.mounts = mounts;
        this.limits = limits;
        this.clock = clock;
        init = new Process(this, 1, new FsContext(mounts, Credentials.ROOT), new FdTable(limits.descriptors()));
        init.parent = init;
        for (int signal = 1; signal <= Signal.SIGRTMAX; signal++) {
            init.signals().setAction(signal, SigAction.IGNORE);
        }
        jobs.foundInitial(init);
        processes.put(1, init);
        count.set(1);
        mounts.setFifos(new Fifo());
        mounts.setOpenFiles(new OpenFileCount(limits.openFiles()));
        mounts.setUsers(new MountUsers(this));
        mounts.addType("mqueue", (context, source, options) -> Result.of(messageQueues));
        mounts.addType("proc", (context, source, options) -> Result.of(ProcFs.of(this)));
        terminals = new TerminalDevices(this);
        network = new Network(limits.openFiles());
        ticker.start();
        timeouts.start();
    }

    /** What the sandbox may use. */
    public Limits limits() {
        return limits;
    }

    /** The tree of files. */
    public Mounts mounts() {
        return mounts;
    }

    /** The time of day. */
    public InstantSource clock() {
        return clock;
    }

    /** The time of day in seconds since 1970. */
    long seconds() {
        return clock.instant().getEpochSecond();
    }

    /** Nanoseconds since the system started: {@code CLOCK_MONOTONIC} and {@code CLOCK_BOOTTIME}. */
    public long uptimeNanos() {
        return System.nanoTime() - started;
    }

    /** The {@link Deadline} that a time of {@link #uptimeNanos} is. */
    public long deadlineOfUptime(long nanos) {
        long deadline = started + nanos;
        return nanos > 0 && deadline < started ? Deadline.NONE : deadline;
    }

    /** The {@link Deadline} that a time of day is, in nanoseconds since 1970. */
    public long deadlineOfTime(long nanos) {
        var now = clock.instant();
        return Deadline.after(nanos - (now.getEpochSecond() * 1_000_000_000L + now.getNano()));
    }

    /** What {@code uname} calls the machine. */
    public String hostname() {
        return hostname;
    }

    /** Names the machine. */
    public void setHostname(String name) {
        hostname = name;
    }

    /** The machine's NIS domain, which means nothing here. */
    public String domainName() {
        return domainName;
    }

    /** Sets {@link #domainName}. */
    public void setDomainName(String name) {
        domainName = name;
    }

    /** Takes exceptions that guest threads die of: bugs of the embedder or of Javix. */
    public void setFailureHandler(BiConsumer<Process, Throwable> handler) {
        failureHandler = handler;
    }

    void failed(Process process, Throwable failure) {
        failureHandler.accept(process, failure);
    }

    /** Its System V message queues and semaphores. */
    public SysvIpc sysvIpc() {
        return sysvIpc;
    }

    /** Its POSIX message queues. */
    public MqueueFs messageQueues() {
        return messageQueues;
    }

    InotifyFile.Count inotifyCount() {
        return inotifyCount;
    }

    MessageSpace messageSpace() {
        return messageSpace;
    }

    /** The threads that wait for words of memory. */
    public Futexes futexes() {
        return futexes;
    }

    Ticker ticker() {
        return ticker;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    /** {@code epoll_create1}. */
    public Epoll newEpoll() {
        return new Epoll(watches, MAX_WATCHES);
    }

    /** The sockets. */
    public Network network() {
        return network;
    }

    TerminalDevices terminals() {
        return terminals;
    }

    /**
     * A new terminal, for an embedder that shows it to a person.
     *
     * @return null if there are too many
     */
    public Terminal newTerminal(Credentials owner) {
        return terminals.create(0, null, owner);
    }

    // ---- processes ----

    /** Process 1: it has no program; it reaps orphans, and all signals to it are ignored. */
    public Process init() {
        return init;
    }

    /**
     * A new process, child of init, in a session of its own, which does not run yet.
     *
     * @param fs root, working directory and credentials; becomes the process's own
     * @param files its descriptors; becomes the process's own
     * @return null (EAGAIN) if there are too many processes or the system is being closed
     */
    public Process newProcess(FsContext fs, FdTable files) {
        int pid = allocatePid(null);
        if (pid < 0) {
            return null;
        }
        Process process = new Process(this, pid, fs, files);
        init.children.add(process);
        init.group().join(process);
        process.setsid();
        if (!enter(process)) {
            process.discard();
            return null;
        }
        return process;
    }

    /** The process with this pid, zombies included; null if there is none. */
    public Process process(int pid) {
        return processes.get(pid);
    }

    /** All processes now, zombies and init included, by pid. */
    public List<Process> processes() {
        return processes.values().stream()
                .sorted((a, b) -> Integer.compare(a.pid(), b.pid()))
                .toList();
    }

    Collection<Process> table() {
        return processes.values();
    }

    /** The process group with this id, or null. */
    public ProcessGroup group(int id) {
        return groups.get(id);
    }

    /** One more than the highest process id. */
    int pidMax() {
        return Math.max(PID_MAX, 4 * limits.processes());
    }

    /** A free pid, or -EAGAIN if there are too many processes and threads. The place in the table is then taken. */
    int allocatePid(Process parent) {
        int max = limits.processes();
        if (parent != null && !parent.fs().credentials().isRoot()) {
            long own = parent.rlimits().soft(Rlimit.NPROC);
            if (own >= 0 && own < max && tasksOf(parent.fs().credentials().uid(), own) >= own) {
                return -EAGAIN;
            }
        }
        if (count.incrementAndGet() > max + 1) {
            count.decrementAndGet();
            return -EAGAIN;
        }
        int highest = pidMax();
        while (true) {
            int pid = lastPid.updateAndGet(last -> last + 1 >= highest ? 300 : last + 1);
            if (!processes.containsKey(pid) && !tasks.containsKey(pid) && !groups.containsKey(pid) && !sessions.containsKey(pid)) {
                return pid;
            }
        }
    }

    /** How many threads the processes of a user have, zombies among them; counts no further than to a limit. */
    private long tasksOf(int uid, long limit) {
        long tasks = 0;
        for (Process process : processes.values()) {
            if (process.fs().credentials().uid() == uid) {
                tasks += Math.max(1, process.taskCount());
                if (tasks >= limit) {
                    break;
                }
            }
        }
        return tasks;
    }

    /** Makes a new process visible; false if the system is being closed. */
    boolean enter(Process process) {
        processes.put(process.pid(), process);
        return !closing;
    }

    /** The thread with this number, if it has not ended; else null. */
    public Task task(int tid) {
        Process process = processes.get(tid);
        return process != null ? process.task(tid) : tasks.get(tid);
    }

    void enter(Task task) {
        tasks.put(task.tid(), task);
    }

    /** A thread other than the first of its process is gone. */
    void leave(Task task) {
        if (tasks.remove(task.tid(), task)) {
            count.decrementAndGet();
        }
    }

    /** A process is gone for good. */
    void leave(Process process) {
        processes.remove(process.pid(), process);
        count.decrementAndGet();
    }

    void threadStarts() {
        threads.incrementAndGet();
    }

    void threadEnds() {
        if (threads.decrementAndGet() == 0 && closing) {
            synchronized (threadLock) {
                threadLock.notifyAll();
            }
        }
    }

    // ---- kill ----

    /**
     * {@code kill}, {@code sigqueue}.
     *
     * @param sender who sends, and whose permission counts
     * @param pid a process; 0 the sender's group; -1 every process but the sender and init; less the group
     * @param signal 0 only checks
     * @param info what the receiver sees; null for that of {@code kill}
     * @return 0, -EINVAL, -ESRCH, -EPERM, or -EAGAIN if too many signals are queued
     */
    public int kill(Process sender, int pid, int signal, SigInfo info) {
        return kill.send(sender, pid, signal, info);
    }

    /**
     * {@code tgkill}, {@code tkill}: sends a signal to one thread.
     *
     * @param tgid the thread's process; 0 for any
     * @param signal 0 only checks
     * @return 0, -EINVAL, -ESRCH, -EPERM, or -EAGAIN if too many signals are queued
     */
    public int tgkill(Process sender, int tgid, int tid, int signal, SigInfo info) {
        return kill.sendToThread(sender, tgid, tid, signal, info);
    }

    // ---- the end ----

    boolean isExceeded(long now, long cpuUsed) {
        if (exceeded == null) {
            if (cpuUsed > limits.cpuNanos()) {
                exceeded = Exceeded.CPU;
            } else if (now - started > limits.wallNanos()) {
                exceeded = Exceeded.WALL;
            }
        }
        return exceeded != null;
    }

    /** Which limit of the sandbox was reached, so that all its processes were killed; null if none. */
    public Exceeded exceeded() {
        return exceeded;
    }

    /** Kills every process. */
    public void killEverything() {
        for (Process process : processes.values()) {
            if (process != init) {
                process.signal(Signal.SIGKILL);
            }
        }
    }

    /**
     * Kills every process, and returns when all their threads have ended and the kernel's own. A
     * guest that computes and never polls is waited for at most 10 seconds.
     */
    @Override
    public void close() {
        close(10_000_000_000L);
    }

    /**
     * The same with a time limit.
     *
     * @param nanos how long to wait
     * @return whether nothing is left running
     */
    public boolean close(long nanos) {
        closing = true;
        long deadline = Deadline.after(nanos);
        boolean interrupted = false;
        do {
            killEverything();
            synchronized (threadLock) {
                if (threads.get() > 0) {
                    try {
                        threadLock.wait(10);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
        } while (threads.get() > 0 && !Deadline.passed(deadline));
        for (Process process : processes.values()) {
            process.discard();
        }
        ticker.stop();
        timeouts.stop();
        network.close();
        init.files().closeAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return threads.get() == 0;
    }
}
