package org.javix.userland;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import org.javix.posix.KnownContent;
import org.javix.vfs.DirectoryReader;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;

/** A file of an image. Immutable once the archive has been read. */
final class ImageInode extends Inode implements KnownContent {
    private static final int BLOCK = 4096;
    private static final int SECTOR = 512;
    private static final int LINK_MODE = 0777;

    private final ImageFs fs;
    private final long number;
    private final ImageInode parent;
    private final String name;
    private int type;
    private int names;
    private Attributes attributes;
    // One of these three is there, by the type of file.
    private Map<String, ImageInode> entries;
    private String target;
    private MemorySegment content;
    private String sha256;

    /** @param modified seconds since 1970 */
    record Attributes(int permissions, int uid, int gid, long modified) {}

    ImageInode(ImageFs fs, long number, ImageInode parent, String name) {
        this.fs = fs;
        this.number = number;
        this.parent = parent == null ? this : parent;
        this.name = name;
    }

    // ---- building ----

    void beDirectory(Attributes what) {
        attributes = what;
        type = FileMode.S_IFDIR;
        entries = entries == null ? new TreeMap<>() : entries;
    }

    void beLink(Attributes what, String where) {
        attributes = new Attributes(LINK_MODE, what.uid, what.gid, what.modified);
        type = FileMode.S_IFLNK;
        target = where;
    }

    void beFile(Attributes what, MemorySegment bytes) {
        attributes = what;
        type = FileMode.S_IFREG;
        content = bytes;
    }

    void add(String entry, ImageInode inode) {
        inode.names++;
        entries.put(entry, inode);
    }

    /** The entry, or null; null, too, where this is no directory. */
    ImageInode entry(String entry) {
        return entries == null ? null : entries.get(entry);
    }

    MemorySegment content() {
        return content;
    }

    void setSha256(String hash) {
        sha256 = hash;
    }

    // ---- the inode ----

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
        return type | attributes.permissions;
    }

    @Override
    public int uid() {
        return attributes.uid;
    }

    @Override
    public int gid() {
        return attributes.gid;
    }

    @Override
    public int stat(Stat out) {
        out.clear();
        out.dev = fs.device();
        out.ino = number;
        out.mode = mode();
        out.nlink = entries == null ? names : 2 + subdirectories();
        out.uid = uid();
        out.gid = gid();
        out.size = entries != null ? BLOCK : target != null ? target.length() : content.byteSize();
        out.blksize = BLOCK;
        out.blocks = content == null ? 0 : (content.byteSize() + BLOCK - 1) / BLOCK * (BLOCK / SECTOR);
        out.atimeSec = attributes.modified;
        out.mtimeSec = attributes.modified;
        out.ctimeSec = attributes.modified;
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
        for (Map.Entry<String, ImageInode> entry : entries.entrySet()) {
            ImageInode inode = entry.getValue();
            if (!sink.entry(inode.number, count + 3L, FileMode.directoryType(inode.mode()), entry.getKey())) {
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
    public String sha256() {
        return sha256;
    }

    @Override
    public Object contentIdentity() {
        return content == null ? null : this;
    }
}
