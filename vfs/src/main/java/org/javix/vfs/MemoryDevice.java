package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOSPC;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;

/** The devices without state: null, zero, full, random and urandom. */
abstract class MemoryDevice extends OpenFile {
    private static final int MEMORY = 1;

    private MemoryDevice(int flags, Location location) {
        super(flags, location);
    }

    static void register(Devices devices) {
        devices.register(Devices.number(MEMORY, 3), (context, waiter, where, flags) -> Result.of(new Null(flags, where)));
        devices.register(Devices.number(MEMORY, 5), (context, waiter, where, flags) -> Result.of(new Zero(flags, where)));
        devices.register(Devices.number(MEMORY, 7), (context, waiter, where, flags) -> Result.of(new Full(flags, where)));
        devices.register(Devices.number(MEMORY, 8), (context, waiter, where, flags) -> Result.of(new BlockingRandom(flags, where)));
        devices.register(Devices.number(MEMORY, 9), (context, waiter, where, flags) -> Result.of(new Random(flags, where)));
    }

    /** Reads from an open file that is known to be readable. */
    abstract long take(MemorySegment buffer, long at, long length);

    /** Writes to an open file that is known to be writable. */
    long give(long length) {
        return length;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return readable() ? take(buffer, at, length) : -EBADF;
    }

    @Override
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long position) {
        return position + length < 0 ? -EINVAL : read(waiter, buffer, at, length);
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return writable() ? give(length) : -EBADF;
    }

    @Override
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long position) {
        return position + length < 0 ? -EINVAL : write(waiter, buffer, at, length);
    }

    @Override
    public long seek(long offset, int whence) {
        return 0;
    }

    /** Empty to read, swallows what is written. */
    private static final class Null extends MemoryDevice {
        Null(int flags, Location location) {
            super(flags, location);
        }

        @Override
        public boolean splices(boolean from) {
            return !from;
        }

        @Override
        long take(MemorySegment buffer, long at, long length) {
            return 0;
        }
    }

    /** Endless zeros. */
    private static class Zero extends MemoryDevice {
        Zero(int flags, Location location) {
            super(flags, location);
        }

        @Override
        long take(MemorySegment buffer, long at, long length) {
            buffer.asSlice(at, length).fill((byte) 0);
            return length;
        }
    }

    /** Endless zeros, and no space to write. */
    private static final class Full extends Zero {
        Full(int flags, Location location) {
            super(flags, location);
        }

        @Override
        public boolean splices(boolean from) {
            return from;
        }

        @Override
        long give(long length) {
            return -ENOSPC; // even of nothing
        }
    }

    /** Endless random bytes, fit for keys. What is written changes nothing. */
    private static class Random extends MemoryDevice {
        private static final int CHUNK = 4096;

        /** Made when first used: starting it takes milliseconds. */
        private static final class Source {
            static final SecureRandom BYTES = new SecureRandom();
        }

        Random(int flags, Location location) {
            super(flags, location);
        }

        @Override
        long take(MemorySegment buffer, long at, long length) {
            byte[] bytes = new byte[(int) Math.min(length, CHUNK)];
            for (long done = 0; done < length; done += bytes.length) {
                Source.BYTES.nextBytes(bytes);
                int part = (int) Math.min(bytes.length, length - done);
                MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at + done, part);
            }
            return length;
        }
    }

    /** {@code /dev/random}, which once waited until there was enough chance: it asks for no more. */
    private static final class BlockingRandom extends Random {
        BlockingRandom(int flags, Location location) {
            super(flags, location);
        }

        @Override
        public int poll() {
            return readable() ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
        }
    }
}
