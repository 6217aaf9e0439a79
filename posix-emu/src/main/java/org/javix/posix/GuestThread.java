package org.javix.posix;

import org.javix.process.Deadline;
import org.javix.process.Futexes;
import org.javix.process.Kernel;
import org.javix.process.Process;
import org.javix.process.ProcessExit;
import org.javix.process.Rlimit;
import org.javix.process.Task;
import org.javix.process.TaskSignals;
import org.javix.process.WaitStatus;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Credentials;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;
import org.javix.wasi.WasiContext;
import org.javix.wasm.Global;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;
import org.javix.wasm.PollHandler;
import org.javix.wasm.Trap;
import org.javix.wasm.Unwind;
import org.javix.wasm.WasmException;

/**
 * A thread of a guest process: who makes a system call, and what the call works on. It is the context of the instance
 * that it runs.
 *
 * <p>Used by the thread itself only, except that any thread may draw its attention.
 */
final class GuestThread implements WasiContext.Owner {
    /** The part of a guest's life between two returns to the base of its thread. */
    @FunctionalInterface
    interface Step {
        void run(Instance instance) throws Unwind;
    }

    /** Above this size a buffer is not kept from call to call. */
    private static final int SCRATCH_KEPT = 1 << 16;

    private static final byte[] NO_BYTES = {};

    private static final PollHandler SAFEPOINTS = new PollHandler() {
        @Override
        public void poll(Instance instance) throws Unwind {
            of(instance).atSafepoint();
        }

        @Override
        public void end(Instance instance) {
            of(instance).task.endIfKilled();
        }

        private GuestThread of(Instance instance) {
            return (GuestThread) instance.context();
        }
    };

    private final GuestProcess guest;
    private final Task task;
    private final TaskSignals signals;
    private final FdTable files;
    private final FsContext fs;
    private final Stat stat = new Stat();
    private final WasiView wasi = new WasiView(this);

    private volatile Instance instance;
    private GuestMemory memory;

    /** The memory of a program that can make threads; null for one that cannot, whose instance has its own. */
    private SharedMemory shared;
    /** The instance that this thread borrows as the child of {@code vfork}; null for its own. */
    private MemoryLoan borrowed;
    /** The instance that this thread has lent to such a child, last. */
    private MemoryLoan lent;

    private byte[] scratch = NO_BYTES;
    private SignalStack signalStack = new SignalStack();
    /** The handler that was entered last; null for none. */
    private HandlerFrame handler;
    /** The instance's stack pointer; null as long as nobody has asked. */
    private Global stackPointer;
    private long deadline;
    private boolean madeAgain;
    private boolean callFails;
    private long robustList;
    private long clearedTid;

    /** A thread of a process that has not begun a program, or whose instance {@link #use} brings. */
    GuestThread(GuestProcess guest, Task task) {
        this.guest = guest;
        this.task = task;
        signals = task.signals();
        files = task.process().files();
        fs = task.process().fs();
    }

    // ---- life ----

    /** Runs until the thread ends: its base. */
    void run(Step first) {
        task.setAttention(this::requestPoll);
        Step step = first;
        try {
            while (true) {
                try {
                    step.run(instance);
                    task.exitGroup(WaitStatus.SUCCESS);
                } catch (Unwind unwind) {
                    step = ForkCalls.start(this, unwind);
                } catch (ProgramChange change) {
                    step = begin(change.program());
                } catch (Trap trap) {
                    step = Faults.signal(this, trap);
                } catch (WasmException uncaught) {
                    step = Faults.signal(this, uncaught);
                } catch (InternalError lost) {
                    // A file of the host's is mapped, and a program of the host has cut it off.
                    step = Faults.lost(this, lost);
                }
            }
        } finally {
            leaveMemory();
            guest.threadEnds(this);
        }
    }

    /**
     * Replaces the program: the point of no return of exec. Other threads end.
     *
     * @return the new program's first step
     */
    Step begin(Program next) {
        try {
            task.endOthers();
        } catch (ProcessExit ended) {
            next.discard();
            throw ended;
        }
        leaveMemory();
        guest.become(next);
        signalStack = new SignalStack();
        handler = null;
        use(next.instance(), next.memory());
        limitMemory();
        next.prepare(this);
        return started -> started.call("_start");
    }

    /**
     * Runs an instance from now on.
     *
     * @param itsMemory of a program that can make threads, counted for this thread; null for any other
     */
    void use(Instance newInstance, SharedMemory itsMemory) {
        instance = newInstance;
        shared = itsMemory;
        stackPointer = null;
        memory = new GuestMemory(newInstance);
        newInstance.setContext(this);
        newInstance.setPollHandler(SAFEPOINTS);
        newInstance.setFaultHandler(Faults::handle);
        if (signals.needsAttention()) {
            newInstance.requestPoll();
        }
    }

    /** Runs its parent's instance, as the child of {@code vfork}. */
    void borrow(MemoryLoan loan, GuestThread parent) {
        borrowed = loan;
        use(parent.instance, parent.shared == null ? null : parent.shared.enter());
    }

    /** Whether the program can make threads. */
    boolean mayHaveThreads() {
        return shared != null;
    }

    /** Another thread of this process, on a copy of this one's instance. */
    GuestThread newThread(Task its, Instance copy) {
        GuestThread thread = new GuestThread(guest, its);
        guest.threadStarts(thread);
        thread.use(copy, shared.enter());
        return thread;
    }

    /** Heeds RLIMIT_AS and RLIMIT_DATA of the process. */
    void limitMemory() {
        AddressSpace space = guest.addresses();
        if (space != null && borrowed == null) {
            space.setLimits(process().rlimits().soft(Rlimit.AS), process().rlimits().soft(Rlimit.DATA));
            space.setResidentLimit(system().memoryPages() * Memory.PAGE, system().residentMemory());
        }
    }

    /** What a thread leaves behind that ends, or calls exec. */
    private void leaveMemory() {
        if (robustList != 0) {
            new RobustList(this, robustList).release();
            robustList = 0;
        }
        if (clearedTid != 0) {
            clearTid();
            clearedTid = 0;
        }
        guest.leavesMemory(borrowed != null);
        AddressSpace space = guest.addresses();
        if (space == null) {
            closeMemory();
            return;
        }
        // Others change what the space shows, as long as there is a memory to show it.
        synchronized (space) {
            closeMemory();
        }
    }

    private void closeMemory() {
        if (borrowed != null) {
            borrowed.giveBack();
            borrowed = null;
        } else if (instance != null && (lent == null || !lent.leave())) {
            instance.close();
        }
        instance = null;
        lent = null;
        if (shared != null) {
            shared.leave();
            shared = null;
        }
    }

    private void clearTid() {
        if (!mayHaveThreads()) {
            return;
        }
        try {
            FutexWord word = FutexWord.at(this, clearedTid);
            word.store(0);
            kernel().futexes().wake(word.key(), 1, Futexes.ANY);
        } catch (Fault fault) {
            // Nobody can wait for what is no word.
        }
    }

    void setLoan(MemoryLoan loan) {
        lent = loan;
    }

    // ---- signals ----

    /** Any thread. */
    private void requestPoll() {
        Instance running = instance;
        if (running != null) {
            running.requestPoll();
        }
    }

    /** Between two instructions: gives way if others wait, and runs handlers. */
    void atSafepoint() throws Unwind {
        InterruptedCall.none().finish(this);
    }

    /** Whether a signal waits. */
    boolean needsAttention() {
        return signals.needsAttention();
    }

    /** The handler that was entered last and has not returned; null for none. */
    HandlerFrame handler() {
        return handler;
    }

    void setHandler(HandlerFrame frame) {
        handler = frame;
    }

    SignalStack signalStack() {
        return signalStack;
    }

    /** Handlers run on the same stack as those of a thread that this one is a copy of. */
    void inheritSignalStack(GuestThread parent) {
        signalStack = parent.signalStack.copy();
    }

    /** Where the program keeps its stack pointer, or null if it exports none. */
    Global stackPointer() {
        if (stackPointer == null) {
            stackPointer = instance.findGlobal("__stack_pointer");
        }
        return stackPointer;
    }

    /**
     * The deadline of a call that waits {@code nanos} from now. A call that is made again, because
     * nothing but a stop interrupted it, keeps its first deadline.
     */
    long deadline(long nanos) {
        if (!madeAgain) {
            deadline = Deadline.after(nanos);
        }
        return deadline;
    }

    /** Says whether the call that is made next is an interrupted one, made again. */
    void setMadeAgain(boolean again) {
        madeAgain = again;
    }

    /** Lets the call that was interrupted fail when the handler returns, instead of being made again. */
    void setCallFails(boolean whether) {
        callFails = whether;
    }

    /** Takes {@link #setCallFails} back; answers what was set. */
    boolean takeCallFails() {
        boolean fails = callFails;
        callFails = false;
        return fails;
    }

    /** Where the C library lists the locks that this thread holds; 0 for nowhere. */
    long robustList() {
        return robustList;
    }

    void setRobustList(long head) {
        robustList = head;
    }

    /** The word that is cleared when the thread ends; 0 for none. */
    long clearedTid() {
        return clearedTid;
    }

    /** The word to be cleared, and woken as a futex, when this thread has ended; 0 for none. */
    void setClearedTid(long address) {
        clearedTid = address;
    }

    // ---- what calls need ----

    /** What the threads of the process have in common. */
    GuestProcess guest() {
        return guest;
    }

    Task task() {
        return task;
    }

    TaskSignals signals() {
        return signals;
    }

    GuestSystem system() {
        return guest.system();
    }

    Kernel kernel() {
        return task.kernel();
    }

    Process process() {
        return task.process();
    }

    Instance instance() {
        return instance;
    }

    GuestMemory memory() {
        return memory;
    }

    AddressSpace addresses() {
        return guest.addresses();
    }

    Program program() {
        return guest.program();
    }

    FdTable files() {
        return files;
    }

    FsContext fs() {
        return fs;
    }

    Credentials credentials() {
        return fs.credentials();
    }

    @Override
    public WasiContext wasi() {
        return wasi;
    }

    Waiter waiter() {
        return task.waiter();
    }

    /** A holder for attributes, to be used and forgotten within one call. */
    Stat stat() {
        return stat;
    }

    /** A buffer of at least {@code size} bytes, to be used and forgotten within one call. */
    byte[] scratch(int size) {
        if (size > SCRATCH_KEPT) {
            return new byte[size];
        }
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, Math.min(SCRATCH_KEPT, 2 * scratch.length))];
        }
        return scratch;
    }

    /** An open descriptor's file; throws {@code EBADF}. */
    OpenFile file(long fd) {
        OpenFile file = files.get((int) fd);
        if (file == null) {
            throw Fault.BAD_DESCRIPTOR;
        }
        return file;
    }

    /** An open descriptor's file, of a call that takes no descriptor of O_PATH; throws {@code EBADF}. */
    OpenFile plainFile(long fd) {
        OpenFile file = file(fd);
        if (file.isPath()) {
            throw Fault.BAD_DESCRIPTOR;
        }
        return file;
    }

    /**
     * The directory that a path starts from: null for the working directory, and for an absolute path,
     * where the descriptor does not matter. For a descriptor that is not open, what makes the file calls
     * answer EBADF when they come to it: other errors may come first.
     */
    OpenFile directory(long dirfd, String path) {
        if (dirfd == AtFlags.AT_FDCWD || path.startsWith("/")) {
            return null;
        }
        OpenFile file = files.get((int) dirfd);
        return file == null ? FileCalls.BAD_DESCRIPTOR : file;
    }

    /** Gives a new file the lowest free descriptor, or closes it and answers {@code -EMFILE}. */
    int install(OpenFile file, boolean closeOnExec) {
        int fd = files.add(file, 0, closeOnExec);
        if (fd < 0) {
            file.release();
        }
        return fd;
    }
}
