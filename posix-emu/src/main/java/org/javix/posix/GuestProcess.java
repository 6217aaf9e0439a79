package org.javix.posix;

import java.util.ArrayList;
import java.util.List;
import org.javix.process.Futexes;
import org.javix.process.Process;
import org.javix.process.ProcessImage;
import org.javix.process.Task;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;

/**
 * A process whose program is WebAssembly: what its threads have in common. Each thread runs an instance of its own, on
 * one memory; see {@link GuestThread}.
 *
 * <p>Used by the process's own threads, except that any thread may ask what {@link ProcessImage} tells.
 */
final class GuestProcess implements ProcessImage {
    /** How large a memory may be to count as resident when it is left: to look takes longer than most processes live. */
    private static final long TAKEN_AS_RESIDENT = 8 << 20;

    private final GuestSystem system;
    private final Process process;
    private final GuestThread main;

    private volatile Program program;
    private volatile AddressSpace addresses;
    private volatile Memory memory;
    private volatile boolean dumpable = true;
    /** The most that it had resident when somebody asked, or when it left its memory. */
    private volatile long mostResident;
    /** The threads that have not ended. Guarded by itself, with what follows. */
    private final List<GuestThread> threads = new ArrayList<>(1);
    /** How many threads use the memory, which is not freed before none does. */
    private int memoryUsers;
    /** Null as long as the program has not fetched its arguments. */
    private CommandLine commandLine;

    /** A process that is to run a program; see {@link GuestThread#begin}. */
    GuestProcess(GuestSystem system, Process process) {
        this.system = system;
        this.process = process;
        main = new GuestThread(this, process.main());
        threads.add(main);
        process.setGuest(this);
    }

    /**
     * A child of {@code fork} or {@code vfork}.
     *
     * @param instance a copy of the parent's, or the parent's own
     * @param space its addresses
     */
    GuestProcess(GuestProcess parent, Process process, Instance instance, AddressSpace space) {
        this(parent.system, process);
        program = parent.program;
        program.file().retain();
        dumpable = parent.dumpable;
        setMemory(instance.linearMemory(), space);
        synchronized (parent.threads) {
            commandLine = parent.commandLine;
        }
    }

    // ---- life ----

    /** Another thread is made. */
    void threadStarts(GuestThread thread) {
        synchronized (threads) {
            threads.add(thread);
            memoryUsers++;
        }
    }

    /**
     * A thread is about to leave the memory: when it is the last one, nobody reads it any more.
     *
     * @param borrowed whether the memory is another process's
     */
    void leavesMemory(boolean borrowed) {
        boolean last;
        synchronized (threads) {
            memoryUsers = Math.max(0, memoryUsers - 1);
            last = memoryUsers == 0;
        }
        if (last && memory != null && !borrowed) {
            long size = memory.segment().byteSize();
            mostResident = Math.max(mostResident, size <= TAKEN_AS_RESIDENT ? size : memory.residentBytes());
        }
    }

    /** A thread has ended: the last one lets the program's file go. */
    void threadEnds(GuestThread thread) {
        boolean last;
        synchronized (threads) {
            threads.remove(thread);
            last = threads.isEmpty();
        }
        if (last && program != null) {
            program.file().release();
        }
        if (last && addresses != null) {
            addresses.release();
        }
    }

    /**
     * Replaces the program, of which only one thread is left. Descriptors that close on exec close, and
     * handlers are reset.
     */
    void become(Program next) {
        process.execed(next.path(), next.file().path(), next.arguments());
        if (program != null) {
            program.file().release();
        }
        program = next;
        dumpable = !next.credentials().isSetId();
        if (addresses != null) {
            addresses.release();
        }
        Memory linear = next.instance().linearMemory();
        setMemory(linear, linear == null ? null : new AddressSpace(linear));
    }

    private void setMemory(Memory linear, AddressSpace space) {
        memory = linear;
        addresses = space;
        synchronized (threads) {
            memoryUsers = 1;
            commandLine = null;
        }
    }

    /** The program has fetched its arguments. */
    void setCommandLine(CommandLine where) {
        synchronized (threads) {
            commandLine = where;
        }
    }

    /** Whether it would leave a core, were there any: PR_SET_DUMPABLE. */
    boolean dumpable() {
        return dumpable;
    }

    void setDumpable(boolean whether) {
        dumpable = whether;
    }

    // ---- what it is ----

    GuestSystem system() {
        return system;
    }

    Process process() {
        return process;
    }

    /** The thread that it was made with. */
    GuestThread main() {
        return main;
    }

    /** The guest's side of a thread; null if it has ended or is another process's. */
    GuestThread thread(Task task) {
        synchronized (threads) {
            for (GuestThread thread : threads) {
                if (thread.task() == task) {
                    return thread;
                }
            }
            return null;
        }
    }

    AddressSpace addresses() {
        return addresses;
    }

    /** What names a word of memory, wherever it is mapped. */
    Futexes.Key addressKey(long offset) {
        Object storage = addresses.storage(offset);
        return storage == null ? new Futexes.Key(memory, offset) : new Futexes.Key(storage, 0);
    }

    /** The memory of its program; null without one. Any thread. */
    Memory linearMemory() {
        return memory;
    }

    Program program() {
        return program;
    }

    // ---- what /proc tells: any thread ----

    @Override
    public long virtualBytes() {
        AddressSpace space = addresses;
        return space == null ? 0 : space.mappedBytes();
    }

    @Override
    public long peakVirtualBytes() {
        AddressSpace space = addresses;
        return space == null ? 0 : space.peakBytes();
    }

    @Override
    public long mostResidentBytes() {
        synchronized (threads) {
            if (memoryUsers == 0) {
                return mostResident;
            }
        }
        Memory linear = memory;
        mostResident = Math.max(mostResident, linear == null ? 0 : linear.residentBytes());
        return mostResident;
    }

    @Override
    public long lockedBytes() {
        AddressSpace space = addresses;
        return space == null ? 0 : space.lockedBytes();
    }

    @Override
    public List<Area> areas() {
        AddressSpace space = addresses;
        return space == null ? List.of() : space.areas(process.executable());
    }

    @Override
    public List<Held> held() {
        AddressSpace space = addresses;
        return space == null ? List.of() : space.content().held(process.executable());
    }

    @Override
    public byte[] commandLine() {
        synchronized (threads) {
            return memoryUsers == 0 || commandLine == null ? null : commandLine.read(memory.segment());
        }
    }

    @Override
    public List<String> environment() {
        Program running = program;
        return running == null ? List.of() : running.environment();
    }
}
