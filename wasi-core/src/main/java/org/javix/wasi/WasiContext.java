package org.javix.wasi;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Waiter;
import org.javix.wasm.Instance;

/**
 * What one WASI program sees of the world. The instance's {@link Instance#context()} must be one, or an
 * {@link Owner} of one.
 *
 * <p>A plain program gets it from {@link WasiProgram}; a process of an operating system shares its
 * own descriptors, file system and signals through it, so that WASI calls and the system's own calls
 * may be mixed. Called only by the thread that runs the instance.
 *
 * <p>What WASI keeps per descriptor, its rights and the name of a preopened directory, is the
 * descriptor's tag in the table: see {@link Descriptor}. An untagged descriptor has all the rights
 * that its file allows.
 */
public interface WasiContext {
    /** The context of an instance that is more to its embedder than a WASI program. */
    interface Owner {
        /** What the instance's WASI calls work on; called by each of them. */
        WasiContext wasi();
    }

    /** The program's arguments, its name first, as the bytes it will see without the final NUL. */
    List<byte[]> arguments();

    /** The environment as {@code NAME=value}, without the final NUL. */
    List<byte[]> environment();

    /** The open descriptors. */
    FdTable files();

    /**
     * Who the program acts as, and its mounts: a {@linkplain FsContext#confined confined} one, since no
     * path may leave the directory that it starts from. Its root and working directory do not matter.
     */
    FsContext fileSystem();

    /** The running thread, for calls that block. */
    Waiter waiter();

    /** The clocks. */
    WasiClock clock();

    /** Fills {@code [at, at + length)} of {@code buffer} with random bytes fit for cryptography. */
    void random(MemorySegment buffer, long at, long length);

    /**
     * Called when a call that blocks was interrupted: handles what interrupted it, which may run guest
     * code and may throw what ends the program.
     *
     * @return whether the call starts again; otherwise the program sees {@code EINTR}
     */
    boolean restart(Instance instance);

    /**
     * Where each call is logged, as two lines, {@code "==> name(arguments)"} when it starts and {@code "<==
     * (results,errno=E...)"} when it ends; null: nowhere.
     */
    default Consumer<String> trace() {
        return null;
    }

    /** Lets other programs run. */
    default void yield() {
        Thread.yield();
    }

    /**
     * Sends a signal to the program itself.
     *
     * @param signal Linux's number of the signal
     * @return 0, or {@code -EINVAL}, {@code -ENOSYS}
     */
    int raise(int signal);

    /**
     * Ends the program by throwing what the embedder catches where it called the instance; never
     * returns.
     *
     * @param status the exit status as the program gave it: an unsigned 32-bit number
     */
    void exit(int status);
}
