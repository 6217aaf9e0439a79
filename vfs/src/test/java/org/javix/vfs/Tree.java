package org.javix.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_TRUNC;
import static org.javix.vfs.OpenFlags.O_WRONLY;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file tree with one user, in the words of a shell. Errors are names, success is "ok". */
final class Tree {
    final FsContext context;

    Tree(FsContext context) {
        this.context = context;
    }

    /** A tree on one file system, used by root. */
    static Tree of(FileSystem root) {
        Tree tree = new Tree(new FsContext(new Mounts(root), Credentials.ROOT));
        tree.context.setUmask(022);
        return tree;
    }

    static Tree empty() {
        return of(TmpFs.create());
    }

    /** The same tree as another user sees it. */
    Tree as(int uid, int gid) {
        FsContext other = context.fork();
        other.setCredentials(Credentials.of(uid, gid));
        return new Tree(other);
    }

    static String name(long result) {
        return result < 0 ? Errno.name((int) -result) : "ok";
    }

    OpenFile open(String path, int flags) {
        Result<OpenFile> result = tryOpen(path, flags);
        if (result.isFailure()) {
            throw new AssertionError(path + ": " + name(result.error()));
        }
        return result.value();
    }

    Result<OpenFile> tryOpen(String path, int flags) {
        return FileCalls.open(context, Waiter.uninterruptible(), null, path, flags, 0666);
    }

    String opening(String path, int flags) {
        Result<OpenFile> result = tryOpen(path, flags);
        if (result.isFailure()) {
            return name(result.error());
        }
        result.value().release();
        return "ok";
    }

    Tree write(String path, String text) {
        OpenFile file = open(path, O_WRONLY | O_CREAT | O_TRUNC);
        write(file, text);
        file.release();
        return this;
    }

    static long write(OpenFile file, String text) {
        return file.write(null, bytes(text), 0, text.length());
    }

    static MemorySegment bytes(String text) {
        return MemorySegment.ofArray(text.getBytes(ISO_8859_1));
    }

    String read(String path) {
        Result<OpenFile> result = tryOpen(path, O_RDONLY);
        if (result.isFailure()) {
            return name(result.error());
        }
        String text = read(result.value());
        result.value().release();
        return text;
    }

    static String read(OpenFile file) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        for (;;) {
            long count = file.read(null, MemorySegment.ofArray(buffer), 0, buffer.length);
            if (count < 0) {
                return name(count);
            }
            if (count == 0) {
                return text.toString();
            }
            text.append(new String(buffer, 0, (int) count, ISO_8859_1));
        }
    }

    String mkdir(String path) {
        return name(FileCalls.mkdir(context, null, path, 0777));
    }

    Tree dirs(String... paths) {
        for (String path : paths) {
            if (!mkdir(path).equals("ok")) {
                throw new AssertionError(path);
            }
        }
        return this;
    }

    String rmdir(String path) {
        return name(FileCalls.rmdir(context, null, path));
    }

    String rm(String path) {
        return name(FileCalls.unlink(context, null, path));
    }

    String mv(String from, String to) {
        return mv(from, to, 0);
    }

    String mv(String from, String to, int flags) {
        return name(FileCalls.rename(context, null, from, null, to, flags));
    }

    String ln(String from, String to) {
        return name(FileCalls.link(context, null, from, null, to, 0));
    }

    String symlink(String target, String path) {
        return name(FileCalls.symlink(context, target, null, path));
    }

    String readlink(String path) {
        Result<String> result = FileCalls.readLink(context, null, path);
        return result.isFailure() ? name(result.error()) : result.value();
    }

    String chmod(int mode, String path) {
        return name(FileCalls.chmod(context, null, path, mode, 0));
    }

    String chown(int uid, int gid, String path) {
        return name(FileCalls.chown(context, null, path, uid, gid, 0));
    }

    String cd(String path) {
        return name(FileCalls.chdir(context, null, path));
    }

    String pwd() {
        Result<String> result = FileCalls.getcwd(context);
        return result.isFailure() ? name(result.error()) : result.value();
    }

    String access(String path, int mask) {
        return name(FileCalls.access(context, null, path, mask, 0));
    }

    Stat stat(String path) {
        return stat(path, 0);
    }

    Stat lstat(String path) {
        return stat(path, AtFlags.AT_SYMLINK_NOFOLLOW);
    }

    private Stat stat(String path, int flags) {
        Stat stat = new Stat();
        int error = FileCalls.stat(context, null, path, flags, stat);
        if (error < 0) {
            throw new AssertionError(path + ": " + name(error));
        }
        return stat;
    }

    String exists(String path) {
        return name(FileCalls.stat(context, null, path, AtFlags.AT_SYMLINK_NOFOLLOW, new Stat()));
    }

    /** The names in a directory, sorted, without "." and "..". */
    List<String> ls(String path) {
        OpenFile directory = open(path, O_RDONLY);
        List<String> names = list(directory);
        directory.release();
        names.removeAll(List.of(".", ".."));
        Collections.sort(names);
        return names;
    }

    static List<String> list(OpenFile directory) {
        List<String> names = new ArrayList<>();
        int count = directory.readDirectory((ino, next, type, name) -> names.add(name));
        if (count < 0) {
            throw new AssertionError(name(count));
        }
        return names;
    }
}
