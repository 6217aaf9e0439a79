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

    /**
     * What hides a name of a lower layer, see {@link OverlayFs}. It does not count against the limit of inodes,
     * so that files can be removed when there is no space left.
     */
    static TmpSpecial whiteout(TmpFs fs, int nlink) {
        TmpSpecial mark = new TmpSpecial(fs, FileMode.S_IFCHR, 0, 0, 0);
        mark.nlink = nlink;
        mark.linkable = true;
        return mark;
    }

    @Override
    public long rdev() {
        return rdev;
    }

    @Override
    public long size() {
        return 0;
    }
}
