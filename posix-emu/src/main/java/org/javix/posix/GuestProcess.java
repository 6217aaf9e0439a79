package org.javix.posix;

import java.util.List;
import org.javix.process.Deadline;
import org.javix.process.Kernel;
import org.javix.process.Process;
import org.javix.process.ProcessImage;
import org.javix.process.Rlimit;
import org.javix.process.SigInfo;
import org.javix.process.WaitStatus;
import org.javix.vfs.Credentials;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;
import org.javix.wasi.WasiContext;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;
import org.javix.wasm.Trap;
import org.javix.wasm.Unwind;
import org.javix.wasm.WasmException;

/**
 * A process whose program is a WebAssembly instance: what system calls work on. It is the instance's
 * context.
 *
 * <p>Used by the process's own thread only, except that any thread may draw its attention and ask what
 * {@link ProcessImage} tells.
 */
final class GuestProcess implements WasiContext.Owner, ProcessImage {
    /** The part of a guest's life between two returns to the base of its thread. */
    @FunctionalInterface
    interface Step {
        void run(Instance instance) throws Unwind;
    }

    /** Above this size a buffer is not kept from call to call. */
    private static final int SCRATCH_KEPT = 1 << 16;

    private static final byte[] NO_BYTES = {};

    private final GuestSystem system;
    private final Process process;
    private final FdTable files;
    private final FsContext fs;
    private final Stat stat = new Stat();
    private final WasiView wasi = new WasiView(this);

    private volatile Program program;
    private volatile Instance instance;
    private GuestMemory memory;
    private volatile AddressSpace addresses;

    /** The memory that this process borrows as the child of {@code vfork}; null for its own. */
    private MemoryLoan borrowed;
    /** The memory that this process has lent to such a child, last. */
    private MemoryLoan lent;

    private byte[] scratch = NO_BYTES;
    private SigInfo deliveredInfo = SigInfo.kernel(0);
    private long deadline;
    private boolean madeAgain;
    private boolean dumpable = true;

    /** A process that is to run a program; see {@link #begin}. */
    GuestProcess(GuestSystem system, Process process) {
        this.system = system;
        this.process = process;
        files = process.files();
        fs = process.fs();
        process.setGuest(this);
    }

    /** A child with a copy of its parent's instance. */
    GuestProcess(GuestProcess parent, Process process, Instance copy) {
        this(parent.system, process);
        keep(parent.program);
        dumpable = parent.dumpable;
        use(copy, parent.addresses.fork(copy.linearMemory()));
    }

    /** A child on its parent's instance. */
    GuestProcess(GuestProcess parent, Process process, MemoryLoan loan) {
        this(parent.system, process);
        keep(parent.program);
        borrowed = loan;
        use(parent.instance, parent.addresses);
    }

    private void use(Instance newInstance, AddressSpace newAddresses) {
        instance = newInstance;
        memory = new GuestMemory(newInstance);
        addresses = newAddresses;
        newInstance.setContext(this);
        newInstance.setPollHandler(GuestProcess::poll);
        newInstance.setFaultHandler(Faults::handle);
        if (process.signals().needsAttention()) {
            newInstance.requestPoll();
        }
    }

    // ---- life ----

    /** Runs until the process ends: the base of its thread. */
    void run(Step first) {
        process.setAttention(this::requestPoll);
        Step step = first;
        try {
            while (true) {
                try {
                    step.run(instance);
                    process.exit(WaitStatus.SUCCESS);
                } catch (Unwind unwind) {
                    step = ForkCalls.start(this, unwind);
                } catch (ProgramChange change) {
                    step = begin(change.program());
                } catch (Trap trap) {
                    step = Faults.signal(this, trap);
                } catch (WasmException uncaught) {
                    step = Faults.signal(this, uncaught);
                }
            }
        } finally {
            leaveMemory();
            program.file().release();
        }
    }

    /** Shares the parent's program, whose file stays busy. */
    private void keep(Program shared) {
        program = shared;
        shared.file().retain();
    }

    /**
     * Replaces the program: the point of no return of exec. Descriptors that close on exec close, and
     * handlers are reset.
     *
     * @return the new program's first step
     */
    Step begin(Program next) {
        leaveMemory();
        process.execed(next.path(), next.arguments());
        if (program != null) {
            program.file().release();
        }
        program = next;
        dumpable = true;
        Instance fresh = next.instance();
        use(fresh, fresh.linearMemory() == null ? null : new AddressSpace(fresh.linearMemory()));
        limitMemory();
        next.prepare(this);
        return started -> started.call("_start");
    }

    /** Heeds RLIMIT_AS of the process. */
    void limitMemory() {
        if (addresses != null && borrowed == null) {
            addresses.setLimit(process.rlimits().soft(Rlimit.AS));
        }
    }

    private void leaveMemory() {
        if (borrowed != null) {
            borrowed.giveBack();
            borrowed = null;
        } else if (instance != null && (lent == null || !lent.leave())) {
            instance.close();
        }
        instance = null;
        lent = null;
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

    private static void poll(Instance instance) throws Unwind {
        ((GuestProcess) instance.context()).atSafepoint();
    }

    /** Between two instructions: gives way if others wait, and runs handlers. */
    void atSafepoint() throws Unwind {
        InterruptedCall.none().finish(this);
    }

    /** Whether a signal waits. */
    boolean needsAttention() {
        return process.signals().needsAttention();
    }

    /** What the handler that was entered last is told. */
    SigInfo deliveredInfo() {
        return deliveredInfo;
    }

    void setDeliveredInfo(SigInfo info) {
        deliveredInfo = info;
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

    /** Whether it would leave a core, were there any: PR_SET_DUMPABLE. */
    boolean dumpable() {
        return dumpable;
    }

    void setDumpable(boolean whether) {
        dumpable = whether;
    }

    // ---- what calls need ----

    GuestSystem system() {
        return system;
    }

    Kernel kernel() {
        return process.kernel();
    }

    Process process() {
        return process;
    }

    Instance instance() {
        return instance;
    }

    GuestMemory memory() {
        return memory;
    }

    AddressSpace addresses() {
        return addresses;
    }

    Program program() {
        return program;
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
        return process.waiter();
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
        if (dirfd == AT_FDCWD || path.startsWith("/")) {
            return null;
        }
        OpenFile file = files.get((int) dirfd);
        return file == null ? FileCalls.BAD_DESCRIPTOR : file;
    }

    // ---- what /proc tells: any thread ----

    @Override
    public long virtualBytes() {
        Memory linear = instance == null ? null : instance.linearMemory();
        return linear == null ? 0 : linear.segment().byteSize();
    }

    @Override
    public long residentBytes() {
        Memory linear = instance == null ? null : instance.linearMemory();
        return linear == null ? 0 : linear.residentBytes();
    }

    @Override
    public List<Area> areas() {
        AddressSpace space = addresses;
        return space == null ? List.of() : space.areas(process.executable());
    }

    @Override
    public List<String> environment() {
        Program running = program;
        return running == null ? List.of() : running.environment();
    }

    private static final int AT_FDCWD = -100;

    /** Gives a new file the lowest free descriptor, or closes it and answers {@code -EMFILE}. */
    int install(OpenFile file, boolean closeOnExec) {
        int fd = files.add(file, 0, closeOnExec);
        if (fd < 0) {
            file.release();
        }
        return fd;
    }
}
