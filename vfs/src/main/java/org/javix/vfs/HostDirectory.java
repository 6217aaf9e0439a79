package org.javix.vfs;

/** An open directory of the host, whose inode is {@linkplain Inode#hold held} already. */
final class HostDirectory extends OpenDirectory {
    HostDirectory(int flags, Location where) {
        super(flags, where);
    }

    @Override
    int list(DirectoryReader sink) {
        return ((HostInode) inode()).list(sink, (flags() & OpenFlags.O_NOATIME) != 0);
    }

    @Override
    protected void closed() {
        inode().drop();
    }
}
