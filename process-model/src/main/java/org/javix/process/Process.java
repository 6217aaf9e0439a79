package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Waiter;

/**
 * A process. Its life: {@link Task#fork} makes it as a copy of its parent's record; {@link #start} runs a
 * {@link Program} on its first thread; {@link Task#newTask} makes others; {@link Task#exitGroup}, a signal, or the end of
 * the last thread ends it; as a zombie it waits for its parent's {@link Task#wait4}.
 *
 * <p>What a thread does for itself is in {@link Task}. Calls that concern the process itself are made on one of its
 * threads, unless they say otherwise; before {@link #start}, its parent's thread (or the embedder's) stands in for it.
 */
public final class Process {
    /** {@link Task#wait4}: do not wait. */
    public static final int WNOHANG = 1;
    /** {@link Task#wait4}: also tell of children that stopped. */
    public static final int WUNTRACED = 2;
    /** {@link Task#waitid}: tell of children that ended. */
    public static final int WEXITED = 4;
    /** {@link Task#wait4}: also tell of children that went on. */
    public static final int WCONTINUED = 8;
    /** {@link Task#waitid}: leave the report, to be told again. */
    public static final int WNOWAIT = 0x0100_0000;

    /** {@link Task#waitid}: any child. */
    public static final int P_ALL = 0;
    /** {@link Task#waitid}: the child with this pid. */
    public static final int P_PID = 1;
    /** {@link Task#waitid}: the children of this process group. */
    public static final int P_PGID = 2;

    private static final Task[] NO_TASKS = {};

    private static final int PAGE = 4096;

    private enum State {
        NEW,
        STARTED,
        ENDED
    }

    private final Kernel kernel;
    private final int pid;
    private final FdTable files;
    private final FsContext fs;
    private final SignalState signals;
    private final Timers timers = new Timers(this);
    private final PosixTimers posixTimers = new PosixTimers(this);
    private final ProcessTraits traits;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    final Children children = new Children(this);
    final CpuTime cpu;
    final TurnLine.Share<TaskTime> share;
    final long startTime = System.nanoTime();

    // Written under the lock of the parent's Children, which also guards the next three.
    volatile Process parent;
    Process previousSibling;
    Process nextSibling;
    WaitStatus report;

    // Written under the group's lock.
    private volatile ProcessGroup group;
    private volatile WaitStatus status;
    // Written under the lock of signals, as are the next three: the first thread, also when it has ended.
    private volatile Task main;
    // The threads that have not ended; never changed, but replaced.
    private volatile Task[] tasks;
    // How often threads have waited that have ended.
    private volatile long endedWaits;
    // How the first thread ended, when others went on.
    private WaitStatus mainStatus;
    private volatile Rlimit rlimits;
    private volatile boolean execed;
    private volatile List<String> arguments;
    private volatile String executable = "";
    private volatile int nice;
    private volatile Object guest;
    // The parent that waits in awaitExec; null when there is none.
    private volatile Waiter vforkParent;
    // Whether this process no longer uses its vfork parent's memory.
    private volatile boolean released;
    // Guarded by this; made when somebody asks.
    private CompletableFuture<WaitStatus> termination;

    /** The first process, init, or a new session that init is the parent of. */
    Process(Kernel kernel, int pid, FsContext fs, FdTable files) {
        this.kernel = kernel;
        this.pid = pid;
        this.fs = fs;
        this.files = files;
        signals = new SignalState(this);
        main = new Task(this, pid, null);
        tasks = new Task[] {main};
        cpu = new CpuTime(this);
        share = new TurnLine.Share<>();
        traits = new ProcessTraits();
        rlimits = Rlimit.initial(kernel.limits());
        files.setLimit((int) rlimits.soft(Rlimit.NOFILE));
        arguments = List.of();
        fs.setOwner(this);
    }

    private Process(Task creator, int pid) {
        Process parent = creator.process();
        kernel = parent.kernel;
        this.pid = pid;
        fs = parent.fs.fork();
        files = parent.files.fork();
        signals = new SignalState(this, parent.signals);
        main = new Task(this, pid, creator);
        tasks = new Task[] {main};
        cpu = new CpuTime(this);
        share = parent.share;
        rlimits = parent.rlimits;
        arguments = parent.arguments;
        executable = parent.executable;
        nice = parent.nice;
        traits = parent.traits.fork();
        fs.setOwner(this);
    }

    // ---- what it is: any thread ----

    /** The process behind a waiter, or null if it is not a process that waits. */
    public static Process of(Waiter waiter) {
        return waiter instanceof TaskWaiter w ? w.task.process() : null;
    }

    /** The system it runs in. */
    public Kernel kernel() {
        return kernel;
    }

    /** The process id. */
    public int pid() {
        return pid;
    }

    /** The parent; init for an orphan, and init itself for init. */
    public Process parent() {
        return parent;
    }

    /** The parent's pid; 0 for init. */
    public int ppid() {
        return parent == this ? 0 : parent.pid;
    }

    /** The process group. */
    public ProcessGroup group() {
        return group;
    }

    void setGroup(ProcessGroup group) {
        this.group = group;
    }

    /** The session. */
    public Session session() {
        return group.session();
    }

    /** Its descriptors. */
    public FdTable files() {
        return files;
    }

    /** Its root, working directory, umask and credentials. */
    public FsContext fs() {
        return fs;
    }

    /** Its signals. */
    public SignalState signals() {
        return signals;
    }

    /** Its interval timers. */
    public Timers timers() {
        return timers;
    }

    /** Its timers of {@code timer_create}. */
    public PosixTimers posixTimers() {
        return posixTimers;
    }

    /** The first thread, which has the process's number; it may have ended before the others. */
    public Task main() {
        return main;
    }

    /** The threads that have not ended, oldest first. The array must not be changed. */
    Task[] tasks() {
        return tasks;
    }

    /** How many threads have not ended. */
    public int taskCount() {
        return tasks.length;
    }

    /** The thread with this number, if it has not ended; else null. */
    public Task task(int tid) {
        for (Task task : tasks) {
            if (task.tid() == tid) {
                return task;
            }
        }
        return null;
    }

    /** What {@code ps} shows: the name of the first thread, at first that of the program. */
    public String name() {
        return main.name();
    }

    /** The path of its program when it was started; empty without one. */
    public String executable() {
        return executable;
    }

    /** The arguments it was started with, the program's name among them. */
    public List<String> arguments() {
        return arguments;
    }

    /** What it has said about itself. */
    public ProcessTraits traits() {
        return traits;
    }

    /** The nice value, -20 to 19. */
    public int nice() {
        return nice;
    }

    /** Sets the nice value, cut to its range. */
    public void setNice(int value) {
        nice = Math.clamp(value, -20, 19);
    }

    /** What the embedder has attached, such as the guest program's instance. */
    public Object guest() {
        return guest;
    }

    /** Attaches an object of the embedder's. */
    public void setGuest(Object object) {
        guest = object;
    }

    /** Whether it has ended; it may still be a zombie. */
    public boolean hasEnded() {
        return status != null;
    }

    /** How it ended; null while it lives. */
    public WaitStatus status() {
        return status;
    }

    /** Completes when it has ended and closed its descriptors. Any thread. */
    public synchronized CompletableFuture<WaitStatus> termination() {
        if (termination == null) {
            termination = new CompletableFuture<>();
            if (status != null) {
                termination.complete(status);
            }
        }
        return termination;
    }

    /** The children now, zombies included, oldest first. */
    public List<Process> children() {
        return children.list();
    }

    /** Sends a signal on behalf of the kernel. Any thread. */
    public void signal(int signal) {
        signals.send(SigInfo.kernel(signal));
    }

    SigInfo childSignal(WaitStatus about) {
        return new SigInfo(
                Signal.SIGCHLD, SigInfo.childCode(about), 0, pid, fs.credentials().uid(), SigInfo.childStatus(about),
                0, cpu.userNanos() / Kernel.CLOCK_TICK, 0);
    }

    // ---- birth ----

    /** {@link Task#fork}. */
    Process fork(Task caller) {
        int childPid = kernel.allocatePid(this);
        if (childPid < 0) {
            return null;
        }
        Process child = new Process(caller, childPid);
        children.add(child);
        // Its own parent may move this process to another group meanwhile, and the old one may vanish.
        while (!group.joinForked(child, this)) {
            if (signals.ending() != null) {
                child.discard();
                throw new ProcessExit(signals.ending());
            }
        }
        if (!kernel.enter(child)) {
            child.discard();
            return null;
        }
        return child;
    }

    /**
     * Runs a program as this process, on its first thread.
     *
     * @throws IllegalStateException if it was started or discarded before
     */
    public void start(Program program) {
        if (!state.compareAndSet(State.NEW, State.STARTED)) {
            throw new IllegalStateException(this + " was started before");
        }
        main.start(program);
    }

    /** Forgets a process that was never started: it leaves no trace, and no signal is sent. */
    public void discard() {
        if (!state.compareAndSet(State.NEW, State.ENDED)) {
            return;
        }
        status = WaitStatus.SUCCESS;
        files.closeAll();
        Process owner;
        do {
            owner = parent;
            synchronized (owner.children) {
                if (owner == parent) {
                    owner.children.remove(this);
                }
            }
        } while (owner != parent);
        reaped();
    }

    /**
     * A new program has replaced the old one: closes the descriptors that are marked so, resets
     * handlers, and lets a vfork parent go on.
     *
     * @param path what was executed, which the process is called after; may be a script
     * @param program the absolute path of the file that runs
     * @param newArguments the new program's arguments; the first names it
     */
    public void execed(String path, String program, List<String> newArguments) {
        files.closeForExec();
        signals.resetHandlers();
        posixTimers.deleteAll();
        main.setName(path.substring(path.lastIndexOf('/') + 1));
        arguments = List.copyOf(newArguments);
        executable = program;
        execed = true;
        release();
    }

    boolean hasExeced() {
        return execed;
    }

    // ---- threads ----

    /** {@link Task#newTask}. */
    Task newTask(Task creator) {
        int tid = kernel.allocatePid(this);
        if (tid < 0) {
            return null;
        }
        Task task = new Task(this, tid, creator);
        synchronized (signals) {
            // Whoever reads the list takes no lock, so it is seen when it is complete.
            Task[] more = Arrays.copyOf(tasks, tasks.length + 1);
            more[more.length - 1] = task;
            tasks = more;
            task.signals().update();
        }
        kernel.enter(task);
        return task;
    }

    /** Guarded by signals. */
    void removeTask(Task ended) {
        endedWaits += ended.waits();
        Task[] before = tasks;
        if (before.length == 1) {
            tasks = NO_TASKS;
            return;
        }
        Task[] left = new Task[before.length - 1];
        int count = 0;
        for (Task task : before) {
            if (task != ended) {
                left[count++] = task;
            }
        }
        tasks = left;
    }

    /** Guarded by signals. */
    void setMainStatus(WaitStatus how) {
        mainStatus = how;
    }

    /** Guarded by signals. */
    WaitStatus mainStatus() {
        return mainStatus;
    }

    /** A thread is the only one left, and goes on as the first. Guarded by signals. */
    void becomeMain(Task task) {
        if (task != main) {
            kernel.leave(task);
            task.setTid(pid);
            main = task;
        }
    }

    // ---- vfork ----

    /** Starts this process on the memory of a thread that waits for {@link #isReleased}. */
    void startForVfork(Waiter waiting, Program program) {
        vforkParent = waiting;
        start(program);
    }

    /** Whether it no longer uses its vfork parent's memory. */
    boolean isReleased() {
        return released;
    }

    /** Lets a vfork parent go on: this process no longer uses its memory. */
    void release() {
        Waiter waiting = vforkParent;
        released = true;
        if (waiting != null) {
            vforkParent = null;
            waiting.wake();
        }
    }

    // ---- death ----

    void becomeZombie(WaitStatus how) {
        status = how;
        state.set(State.ENDED);
    }

    /** The last thing that its thread does: tells whoever waits in the embedder. */
    void announceEnd() {
        CompletableFuture<WaitStatus> waiting;
        synchronized (this) {
            waiting = termination;
        }
        if (waiting != null) {
            waiting.complete(status);
        }
    }

    /** Nobody will ask for the status any more: the pid becomes free. */
    void reaped() {
        // In this order, so that whoever moves it to another group meanwhile sees that it is gone.
        kernel.leave(this);
        if (group != null) {
            group.leave(this);
        }
    }

    void reportJobControl() {
        Process owner;
        do {
            owner = parent;
        } while (!owner.children.stoppedOrContinued(this));
    }

    // ---- what it has used ----

    /** The CPU time that its threads have used, in nanoseconds. */
    public long cpuNanos() {
        return cpu.userNanos();
    }

    /** What this process has used. While it lives, that takes a look at all of its memory. */
    public ResourceUsage usage() {
        return usage(cpu.userNanos(), waits());
    }

    /** What one of its threads has used; the memory is all the threads'. */
    public ResourceUsage usage(Task task) {
        return usage(task.cpuNanos(), task.waits());
    }

    private ResourceUsage usage(long userNanos, long waits) {
        long memory = guest instanceof ProcessImage image ? image.mostResidentBytes() : 0;
        return new ResourceUsage(userNanos, 0, memory, memory / PAGE, waits);
    }

    /** How often its threads, also those that have ended, have waited for something. */
    private long waits() {
        long sum = endedWaits;
        for (Task task : tasks) {
            sum += task.waits();
        }
        return sum;
    }

    /** What the children that it has waited for have used. */
    public ResourceUsage childrenUsage() {
        return children.usage();
    }

    ResourceUsage totalUsage() {
        return usage().plus(children.usage());
    }

    // ---- groups, sessions, limits ----

    /** {@code setpgid}: 0, -EINVAL, -ESRCH, -EACCES or -EPERM. */
    public int setpgid(int which, int pgid) {
        return kernel.jobs.setpgid(this, which, pgid);
    }

    /** {@code getpgid}: the group's id, or -ESRCH. 0 is this process. */
    public int getpgid(int which) {
        Process process = which == 0 ? this : kernel.process(which);
        return process == null ? -ESRCH : process.group.id();
    }

    /** {@code setsid}: the new session's id, or -EPERM for the leader of a group. */
    public int setsid() {
        return kernel.jobs.setsid(this);
    }

    /** {@code getsid}: the session's id, or -ESRCH. 0 is this process. */
    public int getsid(int which) {
        Process process = which == 0 ? this : kernel.process(which);
        return process == null ? -ESRCH : process.session().id();
    }

    /** Its resource limits. */
    public Rlimit rlimits() {
        return rlimits;
    }

    /**
     * {@code setrlimit}: 0, -EINVAL, or -EPERM if the hard limit would rise without privilege or above
     * what the sandbox allows.
     */
    public int setRlimit(int resource, long soft, long hard) {
        Rlimit changed = rlimits.change(resource, soft, hard, fs.credentials(), kernel.limits());
        if (changed == null) {
            return Rlimit.isValid(resource, soft, hard) ? -EPERM : -EINVAL;
        }
        rlimits = changed;
        if (resource == Rlimit.NOFILE) {
            files.setLimit((int) Math.min(soft, Integer.MAX_VALUE));
        }
        return 0;
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + name() + ")";
    }
}
