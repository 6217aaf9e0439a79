package org.javix.vfs;

import java.time.InstantSource;

/** A file system in memory. */
public final class TmpFs extends FileSystem {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private TmpFs() {}

    /** An empty file system without limits. */
    public static TmpFs create() {
        return create(UNLIMITED, UNLIMITED, InstantSource.system());
    }

    /**
     * An empty file system whose root belongs to root with mode 0755.
     *
     * @param maxBytes how many bytes of pages it may hold; more gives ENOSPC
     * @param maxInodes how many files it may hold; more gives ENOSPC
     * @param clock gives the time stamps
     */
    public static TmpFs create(long maxBytes, long maxInodes, InstantSource clock) {
        return new TmpFs();
    }

    /**
     * A private, writable copy of another file system, which must not change any more. It costs nothing
     * to make: directories are copied when they are first looked into, content when it is changed.
     */
    public static TmpFs over(FileSystem lower, long maxBytes, long maxInodes, InstantSource clock) {
        return new TmpFs();
    }

    /** Makes it read-only for ever, so that it can lie {@linkplain #over under} others. */
    public TmpFs freeze() {
        return this;
    }

    @Override
    public Inode root() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public String type() {
        return "tmpfs";
    }
}
