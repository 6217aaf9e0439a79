package org.javix.vfs.transfer;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Errno;
import org.javix.vfs.ExtendedAttributeCalls;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/**
 * Makes a tree below the root directory of a context. Nothing that an entry names, and no symbolic link that another
 * entry has made, leads outside of that directory: the calls resolve paths with it as the root. What is in the way of an
 * entry is removed, unless both are directories.
 */
final class TreeBuilder implements TreeEntry.Sink {
    private static final int NO_FOLLOW = AtFlags.AT_SYMLINK_NOFOLLOW;
    private static final int CHUNK = 1 << 16;

    private final FsContext context;
    // Their attributes are set at the end: until then they must be writable, and their times change.
    private final TreeMap<String, TreeEntry> directories = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private final byte[] buffer = new byte[CHUNK];

    TreeBuilder(FsContext context) {
        this.context = context;
    }

    /** The special files that the tree cannot hold. */
    List<String> leftOut() {
        return leftOut;
    }

    @Override
    public void accept(TreeEntry entry) throws IOException {
        String path = "/" + entry.path();
        Stat stat = entry.stat();
        if (entry.link() != null) {
            link(entry.link(), path);
            return;
        }
        boolean directory = FileMode.isDirectory(stat.mode);
        if (!clear(path, directory)) {
            makeParents(path);
        }
        if (directory) {
            int error = FileCalls.mkdir(context, null, path, 0700);
            if (error != -Errno.EEXIST) {
                Transfer.check(error, path);
            }
            directories.put(entry.path(), entry);
            return;
        }
        if (entry.target() != null) {
            Transfer.check(FileCalls.symlink(context, entry.target(), null, path), path);
        } else if (entry.content() != null) {
            write(entry, path);
        } else {
            int error = FileCalls.mknod(context, null, path, FileMode.type(stat.mode) | 0600, stat.rdev);
            if (error == -Errno.EPERM || error == -Errno.EINVAL) {
                leftOut.add(path);
                return;
            }
            Transfer.check(error, path);
        }
        attributes(entry, path);
    }

    private void link(String to, String path) throws IOException {
        Stat file = new Stat();
        Stat present = new Stat();
        Transfer.check(FileCalls.stat(context, null, "/" + to, NO_FOLLOW, file), path + ": link to /" + to);
        int error = FileCalls.stat(context, null, path, NO_FOLLOW, present);
        if (error == 0 && file.dev == present.dev && file.ino == present.ino) {
            return; // it is the same file already: what is in the way must not be removed
        }
        if (!clear(path, false)) {
            makeParents(path);
        }
        Transfer.check(FileCalls.link(context, null, "/" + to, null, path, 0), path + ": link to /" + to);
    }

    /** Removes what is in the way; whether the directory that it lies in is known to be there. */
    private boolean clear(String path, boolean directory) throws IOException {
        Stat present = new Stat();
        int error = FileCalls.stat(context, null, path, NO_FOLLOW, present);
        if (error == -Errno.ENOENT || error == -Errno.ENOTDIR) {
            return false;
        }
        Transfer.check(error, path);
        if (!FileMode.isDirectory(present.mode)) {
            Transfer.check(FileCalls.unlink(context, null, path), path);
        } else if (!directory) {
            Transfer.check(FileCalls.rmdir(context, null, path), path);
        }
        return true;
    }

    private void makeParents(String path) throws IOException {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            int error = FileCalls.mkdir(context, null, path.substring(0, slash), 0755);
            if (error != -Errno.EEXIST) {
                Transfer.check(error, path);
            }
        }
    }

    private void write(TreeEntry entry, String path) throws IOException {
        Result<OpenFile> opened = FileCalls.open(
                context, Waiter.uninterruptible(), null, path,
                OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW, 0600);
        Transfer.check(opened.error(), path);
        OpenFile file = opened.value();
        try {
            Transfer.check(file.truncate(entry.stat().size), path);
            for (TreeEntry.Range range : entry.content().data()) {
                write(entry.content(), range, file, path);
            }
        } finally {
            file.release();
        }
    }

    private void write(TreeEntry.Content content, TreeEntry.Range range, OpenFile file, String path)
            throws IOException {
        long position = range.offset();
        while (position < range.end()) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, range.end() - position));
            if (count < 0) {
                throw new IOException(path + ": the content is cut off");
            }
            for (int done = 0; done < count; ) {
                long written = file.pwrite(
                        Waiter.uninterruptible(), MemorySegment.ofArray(buffer), done, count - done, position + done);
                Transfer.check(written, path);
                done += (int) written;
            }
            position += count;
        }
    }

    private void attributes(TreeEntry entry, String path) throws IOException {
        Stat stat = entry.stat();
        int error = FileCalls.chown(context, null, path, stat.uid, stat.gid, NO_FOLLOW);
        if (error != -Errno.EPERM) {
            Transfer.check(error, path); // who may not give files away keeps them
        }
        if (!FileMode.isSymbolicLink(stat.mode)) {
            error = FileCalls.chmod(context, null, path, stat.mode & FileMode.PERMISSIONS, 0);
            if (error != -Errno.EPERM) {
                Transfer.check(error, path);
            }
        }
        for (Map.Entry<String, byte[]> attribute : entry.attributes().entrySet()) {
            // As far as the tree has them.
            ExtendedAttributeCalls.set(context, null, path, NO_FOLLOW, attribute.getKey(), attribute.getValue(), 0);
        }
        Transfer.check(
                FileCalls.utimens(
                        context, null, path, stat.atimeSec, stat.atimeNsec, stat.mtimeSec, stat.mtimeNsec, NO_FOLLOW),
                path);
    }

    /** Gives the directories their attributes, each after what lies in it, as their last entries say. */
    void finish() throws IOException {
        Stat present = new Stat();
        for (TreeEntry directory : directories.descendingMap().values()) {
            String path = "/" + directory.path();
            int error = FileCalls.stat(context, null, path, NO_FOLLOW, present);
            if (error == 0 && FileMode.isDirectory(present.mode)) { // and not something that took its place
                attributes(directory, path);
            }
        }
    }
}
