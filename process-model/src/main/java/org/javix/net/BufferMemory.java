package org.javix.net;

import java.util.concurrent.atomic.AtomicLong;
import org.javix.process.ByteRing;

/** The memory that the buffers of all sockets of a sandbox take together, which is limited. Thread-safe. */
final class BufferMemory implements ByteRing.Budget {
    private static final long MOST = 256 << 20;

    private final long limit = Math.min(MOST, Runtime.getRuntime().maxMemory() / 8);
    private final AtomicLong used = new AtomicLong();

    @Override
    public boolean take(int bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    @Override
    public void give(int bytes) {
        used.addAndGet(-bytes);
    }

    @Override
    public boolean isTight() {
        return used.get() > limit / 4;
    }

    long used() {
        return used.get();
    }
}
