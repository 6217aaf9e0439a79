package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESPIPE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

/** A node of a {@link SyntheticFs}. */
abstract class SyntheticInode extends Inode {
    private final SyntheticFs fs;
    private final Object key;
    private final int mode;
    private final int uid;
    private final int gid;

    private SyntheticInode(SyntheticFs fs, Object key, int mode, int uid, int gid) {
        this.fs = fs;
        this.key = key;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyntheticInode node && node.fs == fs && node.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public FileSystem fileSystem() {
        return fs;
    }

    @Override
    public long number() {
        // Spread, so that strings that differ little get numbers that differ.
        long hash = key.toString().hashCode() * 0x9e3779b97f4a7c15L;
        return hash >>> 16 | 1;
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int gid() {
        return gid;
    }

    @Override
    public int stat(Stat out) {
        out.clear();
        out.dev = fs.device();
        out.ino = number();
        out.mode = mode;
        out.nlink = isDirectory() ? 2 : 1;
        out.uid = uid;
        out.gid = gid;
        out.blksize = 1024;
        out.setTimes(fs.now());
        return 0;
    }

    // As in Linux's proc, which can be written in principle

    @Override
    public int setMode(int permissions) {
        return -EPERM;
    }

    @Override
    public int setOwner(int newUid, int newGid, int permissions) {
        return -EPERM;
    }

    @Override
    public int setTimes(long atimeSec, int atimeNsec, long mtimeSec, int mtimeNsec) {
        return -EPERM;
    }

    @Override
    public int truncate(long size) {
        return FileMode.isRegular(mode) ? 0 : super.truncate(size);
    }

    /** A directory. */
    static final class Directory extends SyntheticInode {
        private final Inode parent;
        private final String name;
        private final SyntheticFs.Entries entries;

        Directory(
                SyntheticFs fs, Object key, Inode parent, String name,
                int permissions, int uid, int gid, SyntheticFs.Entries entries) {
            super(fs, key, FileMode.S_IFDIR | permissions, uid, gid);
            this.parent = parent;
            this.name = name;
            this.entries = entries;
        }

        SyntheticFs.Entries entries() {
            return entries;
        }

        @Override
        public Inode parent() {
            return parent == null ? this : parent;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int lookup(String entry, Found out) {
            out.inode = entries.lookup(entry);
            return out.inode == null ? -ENOENT : 0;
        }

        @Override
        public Result<OpenFile> open(FsContext context, Location where, int flags) {
            return Result.of(new OpenDirectory(flags, where));
        }

        @Override
        public int create(String entry, int newMode, int newUid, int newGid, long rdev, Found out) {
            return -ENOENT;
        }

        @Override
        public int symlink(String entry, String target, int newUid, int newGid, Found out) {
            return -ENOENT;
        }

        @Override
        public int link(String entry, Inode file) {
            return -ENOENT;
        }

        @Override
        public int unlink(String entry, Inode expected) {
            return -EPERM;
        }

        @Override
        public int rmdir(String entry, Inode expected) {
            return -EPERM;
        }

        @Override
        public int rename(String entry, Inode expected, Inode to, String newName, Inode target, int flags) {
            return -EPERM;
        }

        @Override
        public int list(DirectoryReader sink) {
            int count = 0;
            for (String entry : entries.names()) {
                Inode node = entries.lookup(entry);
                if (node == null) {
                    continue; // gone since the names were listed
                }
                if (!sink.entry(node.number(), count + 3L, FileMode.directoryType(node.mode()), entry)) {
                    break;
                }
                count++;
            }
            return count;
        }
    }

    /** A file. */
    static final class File extends SyntheticInode {
        private final Function<FsContext, byte[]> content;
        // Null if it cannot be written to.
        private final ToIntBiFunction<FsContext, byte[]> taker;

        File(
                SyntheticFs fs, Object key, int permissions, int uid, int gid, Function<FsContext, byte[]> content,
                ToIntBiFunction<FsContext, byte[]> taker) {
            super(fs, key, FileMode.S_IFREG | permissions, uid, gid);
            this.content = content;
            this.taker = taker;
        }

        @Override
        public Result<OpenFile> open(FsContext context, Location where, int flags) {
            byte[] bytes = content.apply(context);
            return bytes == null
                    ? Result.failed(-EACCES)
                    : Result.of(new Opened(flags, where, bytes, () -> content.apply(context), context, taker));
        }
    }

    /** A symbolic link. */
    static final class Link extends SyntheticInode {
        // What Linux shows for a link to an open file.
        private static final int OPEN_FILE_SIZE = 64;

        private final Predicate<FsContext> allowed;
        private final Function<FsContext, String> target;
        private final Function<FsContext, OpenFile> file;

        Link(
                SyntheticFs fs, Object key, int permissions, int uid, int gid, Predicate<FsContext> allowed,
                Function<FsContext, String> target, Function<FsContext, OpenFile> file) {
            super(fs, key, FileMode.S_IFLNK | permissions, uid, gid);
            this.allowed = allowed;
            this.target = target;
            this.file = file;
        }

        @Override
        public int stat(Stat out) {
            super.stat(out);
            out.size = (out.mode & 0777) == 0777 ? 0 : OPEN_FILE_SIZE;
            return 0;
        }

        @Override
        public Result<String> readLink(FsContext context) {
            if (!allowed.test(context)) {
                return Result.failed(-EACCES);
            }
            String text = target.apply(context);
            return text == null ? Result.failed(-ENOENT) : Result.of(text);
        }

        @Override
        public OpenFile follow(FsContext context) {
            return allowed.test(context) ? file.apply(context) : null;
        }
    }

    /** An open file: the content as it was when it was opened, or when it was last read from its beginning. */
    private static final class Opened extends TextFile {
        private static final int LONGEST = 4096;

        private final Supplier<byte[]> fresh;
        private final FsContext context;
        private final ToIntBiFunction<FsContext, byte[]> taker;
        // Guarded by this.
        private byte[] content;
        private boolean read;

        Opened(
                int flags, Location where, byte[] content, Supplier<byte[]> fresh, FsContext context,
                ToIntBiFunction<FsContext, byte[]> taker) {
            super(flags, where);
            this.content = content;
            this.fresh = fresh;
            this.context = context;
            this.taker = taker;
        }

        @Override
        public synchronized long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
            if (from == 0 && read) {
                byte[] now = fresh.get();
                content = now == null ? content : now;
            }
            read = true;
            return super.pread(waiter, buffer, at, length, from);
        }

        @Override
        public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
            if (taker == null || !writable()) {
                return super.write(waiter, buffer, at, length);
            }
            byte[] bytes = buffer.asSlice(at, Math.min(length, LONGEST)).toArray(ValueLayout.JAVA_BYTE);
            int error = taker.applyAsInt(context, bytes);
            return error < 0 ? error : length;
        }

        @Override
        public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
            return -ESPIPE;
        }

        /** As on Linux there is no end to seek from. */
        @Override
        public long seek(long offset, int whence) {
            return whence == SEEK_END ? -EINVAL : super.seek(offset, whence);
        }

        @Override
        protected synchronized byte[] text() {
            return content;
        }
    }
}
