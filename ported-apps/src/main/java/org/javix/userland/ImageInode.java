package org.javix.userland;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.javix.vfs.DirectoryReader;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;

/** A file of an image. Immutable once the index has been read. */
final class ImageInode extends Inode {
    private static final int BLOCK = 4096;

    private final ImageFs fs;
    private final long number;
    private final int mode;
    private final long modified;
    private final ImageInode parent;
    private final String name;
    // Exactly one of these three is there, by the type of file.
    private Map<String, ImageInode> entries;
    private String target;
    private MemorySegment content;

    ImageInode(ImageFs fs, long number, int mode, long modified, ImageInode parent, String name) {
        this.fs = fs;
        this.number = number;
        this.mode = mode;
        this.modified = modified;
        this.parent = parent == null ? this : parent;
        this.name = name;
    }

    void become(Map<String, ImageInode> directory) {
        entries = directory;
    }

    void become(String linkTarget) {
        target = linkTarget;
    }

    void become(MemorySegment bytes) {
        content = bytes;
    }

    @Override
    public FileSystem fileSystem() {
        return fs;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public int uid() {
        return 0;
    }

    @Override
    public int gid() {
        return 0;
    }

    @Override
    public int stat(Stat out) {
        out.clear();
        out.dev = fs.device();
        out.ino = number;
        out.mode = mode;
        out.nlink = entries == null ? 1 : 2 + subdirectories();
        out.size = entries != null ? BLOCK : target != null ? target.length() : content.byteSize();
        out.blksize = BLOCK;
        out.blocks = content == null ? 0 : (content.byteSize() + BLOCK - 1) / BLOCK * (BLOCK / 512);
        out.atimeSec = out.mtimeSec = out.ctimeSec = modified;
        return 0;
    }

    private int subdirectories() {
        int count = 0;
        for (ImageInode entry : entries.values()) {
            count += entry.entries == null ? 0 : 1;
        }
        return count;
    }

    @Override
    public Inode parent() {
        return parent;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int lookup(String entry, Found out) {
        if (entries == null) {
            return -ENOTDIR;
        }
        out.inode = entries.get(entry);
        return out.inode == null ? -ENOENT : 0;
    }

    @Override
    public int list(DirectoryReader sink) {
        if (entries == null) {
            return -ENOTDIR;
        }
        int count = 0;
        for (ImageInode entry : entries.values()) {
            if (!sink.entry(entry.number, count + 3L, FileMode.directoryType(entry.mode), entry.name)) {
                break;
            }
            count++;
        }
        return count;
    }

    @Override
    public Result<String> readLink(FsContext context) {
        return target == null ? Result.failed(-EINVAL) : Result.of(target);
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        if (content == null || position < 0) {
            return -EINVAL;
        }
        long count = Math.min(length, content.byteSize() - position);
        if (count <= 0) {
            return 0;
        }
        MemorySegment.copy(content, position, buffer, at, count);
        return count;
    }

    @Override
    public Object contentIdentity() {
        return content == null ? null : this;
    }
}
