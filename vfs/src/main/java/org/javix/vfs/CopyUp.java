package org.javix.vfs;

import static org.javix.vfs.Errno.EIO;
import static org.javix.vfs.Errno.ENOSPC;

import java.lang.foreign.MemorySegment;

/** Makes copies of files of a lower layer for the upper one of an {@link OverlayFs}. */
final class CopyUp {
    private static final int CHUNK = 1 << 16;

    private static final FsContext CONTEXT = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);

    private CopyUp() {}

    /**
     * A copy without a name, with all attributes.
     *
     * @param bytes how much of a regular file's content to copy at most
     */
    static Result<TmpInode> file(TmpFs fs, Inode source, long bytes) {
        Stat stat = new Stat();
        int error = source.stat(stat);
        if (error == 0 && FileMode.type(stat.mode) != FileMode.type(source.mode())) {
            error = -Errno.ENOENT; // others have put something else in its place
        }
        if (error < 0) {
            return Result.failed(error);
        }
        if (!fs.takeInode()) {
            return Result.failed(-ENOSPC);
        }
        TmpInode copy;
        switch (FileMode.type(stat.mode)) {
            case FileMode.S_IFREG -> {
                if (source.fileSystem().neverChanges()) {
                    copy = new TmpRegular(fs, stat, source);
                } else {
                    copy = new TmpRegular(fs, stat.mode, stat.uid, stat.gid, 0);
                    error = content(source, stat, (TmpRegular) copy, bytes);
                }
            }
            case FileMode.S_IFLNK -> {
                Result<String> target = source.readLink(null);
                error = target.error();
                copy = new TmpSymlink(fs, stat, target.isFailure() ? "" : target.value());
            }
            default -> copy = new TmpSpecial(fs, stat);
        }
        copy.nlink = 0;
        copy.charges = 1;
        copy.countOwner(true);
        if (error < 0) {
            copy.discard();
            return Result.failed(error);
        }
        copy.takeAttributes(source);
        copy.takeTimes(stat);
        return Result.of(copy);
    }

    /** Gives a directory the attributes of another. */
    static void attributes(TmpDirectory directory, Stat stat) {
        directory.setOwner(stat.uid, stat.gid, stat.mode);
        directory.takeTimes(stat);
    }

    /** Copies the content through one open file: what replaces the source meanwhile is not looked at. */
    private static int content(Inode source, Stat stat, TmpRegular copy, long bytes) {
        Location where = new Location(null, source);
        Result<OpenFile> opened = source.open(CONTEXT, where, OpenFlags.O_RDONLY);
        if (opened.isFailure()) {
            return opened.error();
        }
        OpenFile file = opened.value();
        try {
            int error = file.stat(stat);
            if (error < 0) {
                return error;
            }
            if (!FileMode.isRegular(stat.mode)) {
                return -Errno.ENOENT;
            }
            return content(file, copy, Math.min(bytes, stat.size));
        } finally {
            file.release();
        }
    }

    private static int content(OpenFile file, TmpRegular copy, long end) {
        MemorySegment buffer = MemorySegment.ofArray(new byte[(int) Math.min(end, CHUNK)]);
        long position = 0;
        while (position < end) {
            long data = file.seek(position, OpenFile.SEEK_DATA);
            if (data == -Errno.ENXIO || data >= end) {
                break; // only a hole is left
            }
            position = data >= 0 ? data : position; // not every file system knows its holes
            long hole = file.seek(position, OpenFile.SEEK_HOLE);
            long wanted = Math.min(buffer.byteSize(), (hole > position ? Math.min(hole, end) : end) - position);
            long count = file.pread(null, buffer, 0, wanted, position);
            if (count < 0) {
                return (int) count;
            }
            if (count == 0) {
                break; // it has become shorter
            }
            for (long done = 0; done < count; ) {
                long written = copy.write(buffer, done, count - done, position + done, Credentials.ROOT);
                if (written <= 0) {
                    return written == 0 ? -EIO : (int) written;
                }
                done += written;
            }
            position += count;
        }
        return copy.truncate(end);
    }
}
