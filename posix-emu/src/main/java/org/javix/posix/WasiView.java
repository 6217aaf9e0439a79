package org.javix.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.javix.process.WaitStatus;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Waiter;
import org.javix.wasi.WasiClock;
import org.javix.wasi.WasiContext;
import org.javix.wasm.Instance;
import org.javix.wasm.Unwind;

/**
 * A process as its WASI calls see it: the same descriptors, files, clocks and signals that its system
 * calls work on.
 */
final class WasiView implements WasiContext, WasiClock {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int MAX_RANDOM = 1 << 12;

    private final GuestThread guest;

    WasiView(GuestThread guest) {
        this.guest = guest;
    }

    // ---- what the program was given ----

    @Override
    public List<byte[]> arguments() {
        return bytes(guest.program().arguments());
    }

    @Override
    public List<byte[]> environment() {
        return bytes(guest.program().environment());
    }

    private static List<byte[]> bytes(List<String> strings) {
        return strings.stream()
                .map(string -> string.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Override
    public FdTable files() {
        return guest.files();
    }

    /** Made for each call, because a mixed program may change its credentials and umask. */
    @Override
    public FsContext fileSystem() {
        return guest.fs().confined();
    }

    @Override
    public void random(MemorySegment buffer, long at, long length) {
        byte[] bytes = new byte[(int) Math.min(length, MAX_RANDOM)];
        for (long done = 0; done < length; done += bytes.length) {
            RANDOM.nextBytes(bytes);
            int count = (int) Math.min(bytes.length, length - done);
            MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at + done, count);
        }
    }

    @Override
    public Consumer<String> trace() {
        Consumer<String> lines = guest.system().trace();
        return lines == null ? null : line -> lines.accept("[pid " + guest.process().pid() + "] " + line);
    }

    // ---- waiting, signals and the end ----

    @Override
    public Waiter waiter() {
        return guest.waiter();
    }

    @Override
    public boolean restart(Instance instance) {
        return !handleSignals();
    }

    @Override
    public int raise(int signal) {
        int error = guest.kernel().kill(guest.process(), guest.process().pid(), signal, null);
        handleSignals();
        return error;
    }

    /** Does what waiting signals do; whether a handler ran. */
    private boolean handleSignals() {
        InterruptedCall interruption = InterruptedCall.none();
        try {
            interruption.finish(guest);
        } catch (Unwind fork) {
            // WASI's calls keep no frame from which a copy could go on.
            throw new IllegalStateException("fork in a handler that interrupted a WASI call", fork);
        }
        return interruption.hasHandled();
    }

    @Override
    public void exit(int status) {
        guest.task().exitGroup(WaitStatus.exited(status & 0xff));
    }

    // ---- clocks ----

    @Override
    public WasiClock clock() {
        return this;
    }

    @Override
    public long realtime() {
        var now = guest.kernel().clock().instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public long monotonic() {
        return guest.kernel().uptimeNanos();
    }

    @Override
    public long realtimeResolution() {
        return 1;
    }

    @Override
    public long monotonicResolution() {
        return 1;
    }

    @Override
    public long processCpuTime() {
        return guest.process().cpuNanos();
    }

    @Override
    public long threadCpuTime() {
        return guest.task().cpuNanos();
    }
}
