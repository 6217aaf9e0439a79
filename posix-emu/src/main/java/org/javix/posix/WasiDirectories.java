package org.javix.posix;

import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;
import org.javix.wasi.Descriptor;

/**
 * Lets a plain WASI program see the whole tree, as any other process does.
 *
 * <p>WASI knows no working directory. The C library of WASI programs takes an absolute path apart by the
 * names of the preopened directories, and cannot tell {@code "/"} from {@code "."}. So unless
 * the working directory is the root, relative paths are served by a preopened {@code "."}, and
 * absolute ones by one preopened directory for each directory in the root.
 */
final class WasiDirectories {
    /** Programs look for preopened directories from here on. */
    private static final int FIRST = 3;

    private WasiDirectories() {}

    /** Opens them, in a process that is about to start such a program. */
    static void preopen(GuestThread thread) {
        FsContext fs = thread.fs();
        Result<String> cwd = FileCalls.getcwd(fs);
        if (cwd.isFailure() || cwd.value().equals("/")) {
            preopen(thread, "/", "/");
            return;
        }
        preopen(thread, ".", ".");
        for (String name : directoriesOfRoot(fs)) {
            preopen(thread, "/" + name, "/" + name);
        }
    }

    private static void preopen(GuestThread thread, String path, String name) {
        Result<OpenFile> directory = open(thread.fs(), path);
        if (directory.isFailure()) {
            return;
        }
        FdTable files = thread.files();
        int fd = files.add(directory.value(), FIRST, true);
        if (fd < 0) {
            directory.value().release();
        } else {
            Descriptor.preopen(files, fd, name);
        }
    }

    private static Result<OpenFile> open(FsContext fs, String path) {
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY;
        return FileCalls.open(fs, Waiter.uninterruptible(), null, path, flags, 0);
    }

    private static List<String> directoriesOfRoot(FsContext fs) {
        List<String> names = new ArrayList<>();
        Result<OpenFile> root = open(fs, "/");
        if (!root.isFailure()) {
            root.value().readDirectory((ino, next, type, name) -> {
                boolean mayBeOne = type == FileMode.directoryType(FileMode.S_IFDIR)
                        || type == FileMode.directoryType(FileMode.S_IFLNK);
                if (mayBeOne && !name.startsWith(".")) {
                    names.add(name);
                }
                return true;
            });
            root.value().release();
        }
        return names;
    }
}
