package org.javix.vfs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file of the host's without a name, in its memory ({@code memfd_create}). It is as long as a file can ever be
 * from the start and never gets shorter: a mapping of it cannot lie beyond its end, where the host would raise
 * SIGBUS. A hole costs nothing. Any thread may read; one at a time changes what a range holds.
 */
public final class MemoryFile extends PageStore {
    /** 64 TiB. */
    private static final long LENGTH = 1L << 46;

    /** As much is copied in one call: the garbage collector waits for it. */
    private static final long AT_ONCE = 1 << 20;

    /** Descriptors are the whole JVM's. */
    private static final int MOST = 20_000;

    private static final int MFD_CLOEXEC = 1;
    private static final int FALLOC_KEEP_SIZE_PUNCH_HOLE = 1 | 2;

    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final Cleaner CLEANER = Cleaner.create();

    /** Whether this host has such files. */
    static final boolean IS_SUPPORTED = System.getProperty("os.name").equals("Linux")
            && !Boolean.getBoolean("javix.portableMemory") && Calls.areThere();

    /** The host's calls. */
    private static final class Calls {
        static final MethodHandle CREATE = call("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
        static final MethodHandle FALLOCATE = call("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle PREAD = call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
        static final MethodHandle PWRITE = call("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
        static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

        private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... parameters) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, parameters), Linker.Option.critical(true));
        }

        static boolean areThere() {
            try {
                MemoryFile probe = create();
                if (probe != null) {
                    probe.close();
                }
                return probe != null;
            } catch (LinkageError | RuntimeException e) {
                return false;
            }
        }
    }

    /** Closes the descriptor once. */
    private record Closing(int descriptor) implements Runnable {
        @Override
        public void run() {
            OPEN.decrementAndGet();
            try {
                int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    private final int descriptor;
    private final Cleaner.Cleanable closing;

    private MemoryFile(int descriptor) {
        this.descriptor = descriptor;
        closing = CLEANER.register(this, new Closing(descriptor));
    }

    /** A new one; null where the host has no room for it. */
    public static MemoryFile create() {
        if (OPEN.incrementAndGet() > MOST) {
            OPEN.decrementAndGet();
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) Calls.CREATE.invokeExact(arena.allocateFrom("javix"), MFD_CLOEXEC);
            if (descriptor < 0) {
                OPEN.decrementAndGet();
                return null;
            }
            MemoryFile file = new MemoryFile(descriptor);
            if ((int) Calls.FTRUNCATE.invokeExact(descriptor, LENGTH) != 0) {
                file.close();
                return null;
            }
            return file;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }

    @Override
    void read(long position, MemorySegment to, long at, long length) {
        long done = 0;
        try {
            while (done < length) {
                long part = Math.min(AT_ONCE, length - done);
                long got = (long) Calls.PREAD.invokeExact(
                        descriptor, to.asSlice(at + done, part), part, position + done);
                if (got <= 0) {
                    break;
                }
                done += got;
            }
        } catch (Throwable e) {
            throw failure(e);
        }
        if (done < length) {
            to.asSlice(at + done, length - done).fill((byte) 0);
        }
    }

    @Override
    public boolean write(long position, MemorySegment from, long at, long length) {
        try {
            for (long done = 0; done < length; ) {
                long part = Math.min(AT_ONCE, length - done);
                long put = (long) Calls.PWRITE.invokeExact(
                        descriptor, from.asSlice(at + done, part), part, position + done);
                if (put <= 0) {
                    return false;
                }
                done += put;
            }
            return true;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    void punch(long from, long to) {
        long end = Math.min(to, LENGTH);
        try {
            if (from < end) {
                int ignored = (int) Calls.FALLOCATE.invokeExact(
                        descriptor, FALLOC_KEEP_SIZE_PUNCH_HOLE, from, end - from);
            }
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    MemorySegment page(long index) {
        return null;
    }

    @Override
    public void close() {
        closing.clean();
    }
}
