package org.javix.wasi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.javix.vfs.Credentials;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.TmpFs;
import org.javix.vfs.Waiter;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.Module;

/** Calls WASI functions from Java as a guest with one page of memory would, in the current thread. */
final class Caller implements WasiContext {
    /** A module with a memory of one page and nothing else. */
    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1};

    private static final Map<String, HostFunction> FUNCTIONS =
            Wasi.functions().stream().collect(Collectors.toMap(HostFunction::name, Function.identity()));

    final FdTable files = new FdTable();
    final FsContext fileSystem;
    final Instance instance = Compiler.compile(Module.decode(MODULE), CompileOptions.PLAIN)
            .instantiate(new Imports());
    final WasiClock clock = WasiClock.system();
    final Waiter waiter = new Waiter(Thread.currentThread()) {
        @Override
        public boolean interrupted() {
            return interrupted;
        }
    };
    volatile boolean interrupted;

    /** What {@link #restart} answers after it has taken back the interruption. */
    boolean restarts;

    Caller() {
        this(new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT));
    }

    Caller(FsContext fileSystem) {
        this.fileSystem = fileSystem.confined();
        instance.setContext(this);
    }

    /** Calls a function: its errno. */
    int call(String name, long... arguments) {
        HostFunction function = FUNCTIONS.get(name);
        try {
            if (function.type().params().size() > 6) {
                return (int) function.call(instance, arguments);
            }
            long[] a = java.util.Arrays.copyOf(arguments, 6);
            return (int) function.call(instance, a[0], a[1], a[2], a[3], a[4], a[5]);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    MemorySegment memory() {
        return instance.memory();
    }

    /** Writes a string to the memory: its length. */
    int put(long pointer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(bytes, 0, memory(), ValueLayout.JAVA_BYTE, pointer, bytes.length);
        return bytes.length;
    }

    String get(long pointer, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory(), ValueLayout.JAVA_BYTE, pointer, bytes, 0, length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    void putInt(long pointer, int value) {
        memory().set(ValueLayout.JAVA_INT_UNALIGNED, pointer, value);
    }

    void putLong(long pointer, long value) {
        memory().set(ValueLayout.JAVA_LONG_UNALIGNED, pointer, value);
    }

    int getInt(long pointer) {
        return memory().get(ValueLayout.JAVA_INT_UNALIGNED, pointer);
    }

    long getLong(long pointer) {
        return memory().get(ValueLayout.JAVA_LONG_UNALIGNED, pointer);
    }

    @Override
    public List<byte[]> arguments() {
        return List.of();
    }

    @Override
    public List<byte[]> environment() {
        return List.of();
    }

    @Override
    public FdTable files() {
        return files;
    }

    @Override
    public FsContext fileSystem() {
        return fileSystem;
    }

    @Override
    public Waiter waiter() {
        return waiter;
    }

    @Override
    public WasiClock clock() {
        return clock;
    }

    @Override
    public void random(MemorySegment buffer, long at, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean restart(Instance interruptedInstance) {
        interrupted = false;
        return restarts;
    }

    @Override
    public int raise(int signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void exit(int status) {
        throw new UnsupportedOperationException();
    }
}
