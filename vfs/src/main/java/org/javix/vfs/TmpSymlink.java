package org.javix.vfs;

/** A symbolic link in a {@link TmpFs}. */
final class TmpSymlink extends TmpInode {
    private final String target;

    TmpSymlink(TmpFs fs, String target, int uid, int gid) {
        super(fs, FileMode.S_IFLNK | 0777, uid, gid, 1);
        this.target = target;
    }

    TmpSymlink(TmpFs fs, Stat lower, String target) {
        super(fs, lower);
        this.target = target;
    }

    @Override
    public Result<String> readLink(FsContext context) {
        accessed(false);
        return Result.of(target);
    }

    @Override
    public long size() {
        return target.length();
    }
}
