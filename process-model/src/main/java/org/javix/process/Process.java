package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Waiter;

/**
 * A process. Its life: {@link #fork} makes it as a copy of its parent's record; {@link #start} runs a
 * {@link Program} on a virtual thread of its own; {@link #exit}, or a signal, ends it; as a zombie it
 * waits for its parent's {@link #wait4}.
 *
 * <p>Calls that concern the process itself are made on its own thread, unless they say otherwise;
 * before {@link #start}, its parent's thread (or the embedder's) stands in for it.
 */
public final class Process {
    /** {@link #wait4}: do not wait. */
    public static final int WNOHANG = 1;
    /** {@link #wait4}: also tell of children that stopped. */
    public static final int WUNTRACED = 2;
    /** {@link #waitid}: tell of children that ended. */
    public static final int WEXITED = 4;
    /** {@link #wait4}: also tell of children that went on. */
    public static final int WCONTINUED = 8;
    /** {@link #waitid}: leave the report, to be told again. */
    public static final int WNOWAIT = 0x0100_0000;

    /** {@link #waitid}: any child. */
    public static final int P_ALL = 0;
    /** {@link #waitid}: the child with this pid. */
    public static final int P_PID = 1;
    /** {@link #waitid}: the children of this process group. */
    public static final int P_PGID = 2;

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
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    final Children children = new Children(this);
    final CpuTime cpu;
    final long startTime = System.nanoTime();

    // Written under the lock of the parent's Children, which also guards the next three.
    volatile Process parent;
    Process previousSibling;
    Process nextSibling;
    WaitStatus report;

    // Written under the group's lock.
    private volatile ProcessGroup group;
    private volatile ProcessWaiter waiter;
    private volatile Runnable attention;
    private volatile WaitStatus status;
    private volatile Rlimit rlimits;
    private volatile boolean execed;
    private volatile String name;
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
        cpu = new CpuTime(this);
        rlimits = Rlimit.initial(kernel.limits());
        files.setLimit((int) rlimits.soft(Rlimit.NOFILE));
        name = "init";
        arguments = List.of();
        fs.setOwner(this);
    }

    private Process(Process parent, int pid) {
        kernel = parent.kernel;
        this.pid = pid;
        fs = parent.fs.fork();
        files = parent.files.fork();
        signals = new SignalState(this, parent.signals);
        cpu = new CpuTime(this);
        rlimits = parent.rlimits;
        name = parent.name;
        arguments = parent.arguments;
        executable = parent.executable;
        nice = parent.nice;
        fs.setOwner(this);
    }

    // ---- what it is: any thread ----

    /** The process behind a waiter, or null if it is not a process that waits. */
    public static Process of(Waiter waiter) {
        return waiter instanceof ProcessWaiter w ? w.process : null;
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

    /** Its timers. */
    public Timers timers() {
        return timers;
    }

    /** Who blocks when it blocks; null before {@link #start}. */
    public Waiter waiter() {
        return waiter;
    }

    /** What {@code ps} shows: the name of the program, at most 15 characters. */
    public String name() {
        return name;
    }

    /** Sets the name, as {@code prctl(PR_SET_NAME)} does. */
    public void setName(String newName) {
        name = newName.substring(0, Math.min(15, newName.length()));
    }

    /** The path of its program when it was started; empty without one. */
    public String executable() {
        return executable;
    }

    /** The arguments it was started with, the program's name among them. */
    public List<String> arguments() {
        return arguments;
    }

    /** The nice value, -20 to 19. */
    public int nice() {
        return nice;
    }

    /** Sets the nice value, cut to its range. It has no effect on scheduling. */
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

    // ---- attention: signals, time slices ----

    /**
     * Sets what tells a computing guest to call {@link #checkpoint} soon. It is called from any thread,
     * often, and must be cheap. Null for none.
     */
    public void setAttention(Runnable hook) {
        attention = hook;
        if (hook != null && signals.needsAttention()) {
            hook.run();
        }
    }

    /** Something is to be done by {@link SignalState#take} or {@link #checkpoint}. */
    void drawAttention() {
        ProcessWaiter sleeping = waiter;
        if (sleeping != null) {
            sleeping.wake();
        }
        nudge();
    }

    /** Tells a computing guest, but not one that sleeps. */
    void nudge() {
        Runnable hook = attention;
        if (hook != null) {
            hook.run();
        }
    }

    /**
     * What a computing guest calls when its attention was drawn: lets others run if its time slice is
     * over, then sees to its signals.
     *
     * @return a signal whose handler is to be run, or null; call again after the handler
     */
    public Delivery checkpoint() {
        cpu.yieldIfSliceOver();
        return signals.needsAttention() ? signals.take() : null;
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

    /**
     * Makes a child: a copy of this process's record, which does not run yet. It shares the open files,
     * has the same signal actions and mask, and no pending signals, timers or locks.
     *
     * @return the child, to be given to {@link #start} or {@link #discard}; null (EAGAIN) if there are
     *     too many processes
     * @throws ProcessExit if this process has been killed
     */
    public Process fork() {
        int childPid = kernel.allocatePid(this);
        if (childPid < 0) {
            return null;
        }
        Process child = new Process(this, childPid);
        children.add(child);
        // Its own parent may move this process to another group meanwhile, and the old one may vanish.
        while (!group.joinForked(child, this)) {
            if (signals.isKilled()) {
                child.discard();
                throw new ProcessExit(WaitStatus.signaled(Signal.SIGKILL));
            }
        }
        if (!kernel.enter(child)) {
            child.discard();
            return null;
        }
        return child;
    }

    /**
     * Runs a program as this process, on a new virtual thread.
     *
     * @throws IllegalStateException if it was started or discarded before
     */
    public void start(Program program) {
        if (!state.compareAndSet(State.NEW, State.STARTED)) {
            throw new IllegalStateException(this + " was started before");
        }
        Thread thread = Thread.ofVirtual()
                .name("javix-" + pid)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> Life.run(this, program));
        waiter = new ProcessWaiter(thread, this);
        kernel.threadStarts();
        thread.start();
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
     * @param newArguments the new program's arguments; the first names it
     * @param path where the program was found
     */
    public void execed(String path, List<String> newArguments) {
        files.closeForExec();
        signals.resetHandlers();
        setName(path.substring(path.lastIndexOf('/') + 1));
        arguments = List.copyOf(newArguments);
        executable = path.startsWith("/") ? path : fs.cwd().path() + "/" + path;
        execed = true;
        release();
    }

    boolean hasExeced() {
        return execed;
    }

    // ---- vfork ----

    /**
     * Starts a child that uses this process's memory, and waits until it has called {@link #execed} or
     * has ended. Signals to this process wait meanwhile; only SIGKILL does not.
     *
     * @throws ProcessExit if this process is killed
     */
    public void startAndAwaitExec(Process child, Program program) {
        child.vforkParent = waiter;
        child.start(program);
        while (true) {
            waiter.prepare();
            if (child.released) {
                return;
            }
            if (signals.isKilled()) {
                signals.take();
            }
            waiter.park();
        }
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

    /** Ends this process: always throws, to the thread's base. */
    public void exit(WaitStatus how) {
        throw new ProcessExit(how);
    }

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
        if (group != null) {
            group.leave(this);
        }
        kernel.leave(this);
    }

    void reportJobControl() {
        Process owner;
        do {
            owner = parent;
        } while (!owner.children.stoppedOrContinued(this));
    }

    // ---- waiting for children ----

    /**
     * Waits for a child that ended, or by the options stopped or went on.
     *
     * @param which a pid; -1 any child; 0 any of this process's group; less than -1 any of that group
     * @param options WNOHANG, WUNTRACED, WCONTINUED
     * @param out filled in on success
     * @return the child's pid; 0 with WNOHANG if there is nothing to tell; -ECHILD, -EINTR, -EINVAL
     */
    public int wait4(int which, int options, ChildReport out) {
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED)) != 0) {
            return -EINVAL;
        }
        if (which == Integer.MIN_VALUE) {
            return -ESRCH;
        }
        int type = which > 0 ? P_PID : which == -1 ? P_ALL : P_PGID;
        int id = which > 0 ? which : which == 0 ? group.id() : -which;
        return children.await(type, id, options | WEXITED, out);
    }

    /**
     * {@code waitid}: the same with a choice of reports, and WNOWAIT.
     *
     * @param type P_ALL, P_PID or P_PGID; of the last, id 0 is this process's group
     * @return 0 with {@code out} filled in (pid 0: nothing to tell); -ECHILD, -EINTR, -EINVAL
     */
    public int waitid(int type, int id, int options, ChildReport out) {
        int reports = options & (WEXITED | WUNTRACED | WCONTINUED);
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | WEXITED | WNOWAIT)) != 0
                || reports == 0
                || type < P_ALL
                || type > P_PGID
                || type == P_PID && id <= 0
                || type == P_PGID && id < 0) {
            return -EINVAL;
        }
        return Math.min(0, children.await(type, type == P_PGID && id == 0 ? group.id() : id, options, out));
    }

    /** What this process has used. */
    public ResourceUsage usage() {
        return new ResourceUsage(cpu.userNanos(), 0, 0);
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
        return "process " + pid + " (" + name + ")";
    }
}
