package org.javix.vfs;

import java.time.InstantSource;

/**
 * Files that are in no tree: what shared memory without a file is made of ({@code memfd_create}, System V segments,
 * mappings of no file). They lie in a file system of their own and are gone with their last reference. Thread-safe.
 */
public final class NamelessFiles {
    private final TmpFs fs;
    private final Location root;

    /**
     * None yet.
     *
     * @param maxBytes how many bytes of pages all of them may hold; more gives ENOSPC
     */
    public NamelessFiles(long maxBytes, InstantSource clock) {
        fs = TmpFs.create(maxBytes, TmpFs.UNLIMITED, clock);
        root = new Mounts(fs).rootLocation();
    }

    /**
     * A new file, open for reading and writing, with one reference.
     *
     * @param name what {@link OpenFile#path} says
     * @param sealable whether it may be {@linkplain FileSeals sealed}
     * @return the file or -ENOSPC
     */
    public Result<OpenFile> open(FsContext context, String name, int mode, long size, boolean sealable) {
        Inode.Found found = new Inode.Found();
        Credentials who = context.credentials();
        int error = fs.root().createUnnamed(FileMode.S_IFREG | mode, who.euid(), who.egid(), found);
        if (error < 0) {
            return Result.failed(error);
        }
        TmpRegular inode = (TmpRegular) found.inode;
        error = inode.hold();
        if (error < 0) {
            return Result.failed(error);
        }
        if (size > 0) {
            inode.truncate(size);
        }
        if (sealable) {
            inode.allowSealing();
        }
        return Result.of(new TmpFile(inode, new Location(root.mount(), inode), OpenFlags.O_RDWR, context) {
            @Override
            public String path() {
                return name;
            }
        });
    }

    /** How many bytes their pages hold. */
    public long usedBytes() {
        return fs.usedBytes();
    }
}
