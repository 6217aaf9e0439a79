package org.javix.vfs;

/** A FIFO, socket or device node in a {@link TmpFs}: a name, attributes and no content. */
final class TmpSpecial extends TmpInode {
    private final long rdev;

    TmpSpecial(TmpFs fs, int mode, int uid, int gid, long rdev) {
        super(fs, mode, uid, gid, 1);
        this.rdev = rdev;
    }

    TmpSpecial(TmpFs fs, Stat lower) {
        super(fs, lower);
        rdev = lower.rdev;
    }

    @Override
    public long rdev() {
        return rdev;
    }

    @Override
    long size() {
        return 0;
    }
}
