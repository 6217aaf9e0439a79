package org.javix.vfs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The host's own file calls, as far as {@link HostFs} needs them. Linux only; the class fails to
 * initialise elsewhere. Java's file API will not do: it has no {@code mkdirat} and no way to open a
 * path without following links in the middle of it.
 *
 * <p>Every call answers as in Linux: a result, or a negative errno. Names are strings of bytes.
 */
final class HostCalls {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NOCTTY = 0400;
    static final int O_NONBLOCK = 04000;
    static final int O_DIRECTORY = ARM ? 040000 : 0200000;
    static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int O_TMPFILE = 020000000 | O_DIRECTORY;
    static final int O_NOATIME = 01000000;
    static final int AT_REMOVEDIR = 0x200;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int STATX_BTIME = 0x800;
    private static final int F_SETFL = 4;
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;

    private static final int OPENAT2 = 437;
    // RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
    private static final long RESOLVE = 0x08 | 0x04 | 0x02;
    private static final int RWF_APPEND = 0x10;
    private static final int STATX_BASIC = 0x7ff;
    private static final int STATX_SIZE = 256;
    private static final int TRANSFER = 1 << 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = ERRNO.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL = variadic("syscall", 1,
            JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPENAT = variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle STATX = call("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle FSTATFS = call("fstatfs", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETDENTS = call("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle MKDIRAT = call("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UNLINKAT = call("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYMLINKAT = call("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle READLINKAT =
            call("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LINKAT =
            call("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAMEAT2 =
            call("renameat2", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FCHMODAT = call("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHOWNAT =
            call("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UTIMENSAT = call("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle PREAD =
            call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE =
            call("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITEV2 =
            call("pwritev2", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LSEEK = call("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle TRUNCATE = call("truncate", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle FSYNC = call("fsync", JAVA_INT, JAVA_INT);
    private static final MethodHandle FALLOCATE = call("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FCNTL = variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle FLOCK = call("flock", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle GETEUID = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("geteuid"), FunctionDescriptor.of(JAVA_INT));

    private HostCalls() {}

    static MethodHandle call(String name, MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(String name, int fixed, MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    /** One call with its memory. */
    @FunctionalInterface
    interface Body {
        long run(Arena arena, MemorySegment errno) throws Throwable;
    }

    static long run(Body body) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO);
            long result = body.run(arena, errno);
            return result < 0 ? -errno.get(JAVA_INT, ERRNO_OFFSET) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static MemorySegment string(Arena arena, String bytes) {
        return arena.allocateFrom(bytes, StandardCharsets.ISO_8859_1);
    }

    // Opening

    /** Opens a file of the host by its full path, which is trusted and without links. */
    static int openRoot(String path) {
        return open(AT_FDCWD, path, O_PATH | O_NOFOLLOW, 0);
    }

    /** Opens the file behind a descriptor again. */
    static int openAgain(int fd, int flags) {
        int terminal = (flags & O_PATH) == 0 ? O_NOCTTY : 0;
        return open(AT_FDCWD, "/proc/self/fd/" + fd, flags | terminal, 0);
    }

    /** {@code openat}: follows links as the flags say, so the path must be trusted or a single name. */
    static int open(int directory, String path, int flags, int mode) {
        return (int) run((arena, errno) -> (int) OPENAT.invokeExact(
                errno, directory, string(arena, path), flags | O_CLOEXEC, mode));
    }

    /**
     * Opens a path below a directory without following any symbolic link and without leaving it,
     * whatever is renamed meanwhile: the kernel sees to it.
     *
     * @param path relative, without {@code ..}; empty for the directory itself
     * @return a descriptor; -ENOENT also for what leaves the directory while it is being opened
     */
    static int openBeneath(int root, String path, int flags) {
        int fd = (int) run((arena, errno) -> {
            MemorySegment how = arena.allocate(24, 8);
            // The kernel refuses flags that mean nothing, so O_NOCTTY must not come with O_PATH.
            int terminal = (flags & O_PATH) == 0 ? O_NOCTTY : 0;
            how.set(JAVA_LONG, 0, Integer.toUnsignedLong(flags | O_CLOEXEC | O_NOFOLLOW | terminal));
            how.set(JAVA_LONG, 16, RESOLVE);
            MemorySegment name = string(arena, path.isEmpty() ? "." : path);
            return (long) SYSCALL.invokeExact(errno, (long) OPENAT2, (long) root, name, how, 24L);
        });
        return fd == -Errno.EXDEV ? -Errno.ENOENT : fd;
    }

    /** A path that leads to the file of a descriptor, be it one of O_PATH. */
    static String self(int fd) {
        return "/proc/self/fd/" + fd;
    }

    /** Opens the file of a descriptor again, in another way. */
    static int reopen(int fd, int flags) {
        if ((flags & O_PATH) != 0) {
            return openBeneath(fd, "", flags);
        }
        return open(AT_FDCWD, self(fd), flags | O_NOCTTY, 0);
    }

    /** Makes a regular file that does not exist yet and opens it for writing. */
    static int create(int directory, String name, int mode) {
        return open(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    }

    static void close(int fd) {
        run((arena, errno) -> (int) CLOSE.invokeExact(errno, fd));
    }

    // Attributes

    /**
     * The attributes of an open file.
     *
     * @param out gets the host's device number too
     */
    static int stat(int fd, Stat out) {
        return (int) run((arena, errno) -> {
            MemorySegment stat = arena.allocate(STATX_SIZE, 8);
            int result = (int) STATX.invokeExact(errno, fd, string(arena, ""), AT_EMPTY_PATH, STATX_BASIC | STATX_BTIME, stat);
            if (result == 0) {
                out.blksize = stat.get(JAVA_INT, 4);
                out.nlink = stat.get(JAVA_INT, 16);
                out.uid = stat.get(JAVA_INT, 20);
                out.gid = stat.get(JAVA_INT, 24);
                out.mode = stat.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
                out.ino = stat.get(JAVA_LONG, 32);
                out.size = stat.get(JAVA_LONG, 40);
                out.blocks = stat.get(JAVA_LONG, 48);
                out.atimeSec = stat.get(JAVA_LONG, 64);
                out.atimeNsec = stat.get(JAVA_INT, 72);
                out.birth = stat.get(JAVA_LONG, 80) * 1_000_000_000 + stat.get(JAVA_INT, 88);
                out.ctimeSec = stat.get(JAVA_LONG, 96);
                out.ctimeNsec = stat.get(JAVA_INT, 104);
                out.mtimeSec = stat.get(JAVA_LONG, 112);
                out.mtimeNsec = stat.get(JAVA_INT, 120);
                out.rdev = Devices.number(stat.get(JAVA_INT, 128), stat.get(JAVA_INT, 132));
                out.dev = Devices.number(stat.get(JAVA_INT, 136), stat.get(JAVA_INT, 140));
            }
            return result;
        });
    }

    static int statfs(int fd, StatFs out) {
        return (int) run((arena, errno) -> {
            MemorySegment stat = arena.allocate(120, 8);
            int result = (int) FSTATFS.invokeExact(errno, fd, stat);
            if (result == 0) {
                out.type = stat.get(JAVA_LONG, 0);
                out.blockSize = stat.get(JAVA_LONG, 8);
                out.blocks = stat.get(JAVA_LONG, 16);
                out.blocksFree = stat.get(JAVA_LONG, 24);
                out.blocksAvailable = stat.get(JAVA_LONG, 32);
                out.files = stat.get(JAVA_LONG, 40);
                out.filesFree = stat.get(JAVA_LONG, 48);
                out.nameLength = stat.get(JAVA_LONG, 64);
            }
            return result;
        });
    }

    /** Sets permission bits through any descriptor of a file, one of O_PATH too. */
    static int chmod(int fd, int mode) {
        return (int) run((arena, errno) ->
                (int) FCHMODAT.invokeExact(errno, AT_FDCWD, string(arena, self(fd)), mode, 0));
    }

    /** Sets owner and group through any descriptor; -1 keeps one. */
    static int chown(int fd, int uid, int gid) {
        return (int) run((arena, errno) ->
                (int) FCHOWNAT.invokeExact(errno, fd, string(arena, ""), uid, gid, AT_EMPTY_PATH));
    }

    /** Sets the times through any descriptor. */
    static int utimens(int fd, long aSec, int aNsec, long mSec, int mNsec) {
        return (int) run((arena, errno) -> {
            MemorySegment times = arena.allocate(32, 8);
            times.set(JAVA_LONG, 0, aSec);
            times.set(JAVA_LONG, 8, aNsec);
            times.set(JAVA_LONG, 16, mSec);
            times.set(JAVA_LONG, 24, mNsec);
            MemorySegment name = string(arena, self(fd));
            return (int) UTIMENSAT.invokeExact(errno, AT_FDCWD, name, times, 0);
        });
    }

    // Directories

    /** Gives all entries except {@code .} and {@code ..} of a directory opened for reading, from its position on. */
    static int list(int fd, DirectoryReader sink) {
        long[] count = {0};
        long result = run((arena, errno) -> {
            MemorySegment buffer = arena.allocate(1 << 15, 8);
            for (;;) {
                long length = (long) GETDENTS.invokeExact(errno, fd, buffer, buffer.byteSize());
                if (length <= 0) {
                    return length;
                }
                for (long at = 0; at < length; at += Short.toUnsignedLong(buffer.get(ValueLayout.JAVA_SHORT, at + 16))) {
                    String name = buffer.getString(at + 19, StandardCharsets.ISO_8859_1);
                    if (name.equals(".") || name.equals("..")) {
                        continue;
                    }
                    count[0]++;
                    if (!sink.entry(buffer.get(JAVA_LONG, at), count[0] + 2, buffer.get(JAVA_BYTE, at + 18), name)) {
                        return 0;
                    }
                }
            }
        });
        return (int) (result < 0 ? result : count[0]);
    }

    static int mkdir(int directory, String name, int mode) {
        return (int) run((arena, errno) -> (int) MKDIRAT.invokeExact(errno, directory, string(arena, name), mode));
    }

    static int unlink(int directory, String name, int flags) {
        return (int) run((arena, errno) -> (int) UNLINKAT.invokeExact(errno, directory, string(arena, name), flags));
    }

    static int symlink(String target, int directory, String name) {
        return (int) run((arena, errno) ->
                (int) SYMLINKAT.invokeExact(errno, string(arena, target), directory, string(arena, name)));
    }

    static Result<String> readLink(int directory, String name) {
        String[] target = {null};
        long result = run((arena, errno) -> {
            MemorySegment buffer = arena.allocate(PathWalk.PATH_LONGEST + 1);
            long length = (long) READLINKAT.invokeExact(errno, directory, string(arena, name), buffer, buffer.byteSize());
            if (length >= 0) {
                byte[] bytes = buffer.asSlice(0, length).toArray(JAVA_BYTE);
                target[0] = new String(bytes, StandardCharsets.ISO_8859_1);
            }
            return length;
        });
        return result < 0 ? Result.failed((int) result) : Result.of(target[0]);
    }

    static int link(int from, String name, int to, String newName) {
        return (int) run((arena, errno) ->
                (int) LINKAT.invokeExact(errno, from, string(arena, name), to, string(arena, newName), 0));
    }

    /** Gives the file of a descriptor another name. */
    static int linkThis(int fd, int to, String newName) {
        return (int) run((arena, errno) -> (int) LINKAT.invokeExact(
                errno, AT_FDCWD, string(arena, self(fd)), to, string(arena, newName), AT_SYMLINK_FOLLOW));
    }

    static int rename(int from, String name, int to, String newName, int flags) {
        return (int) run((arena, errno) ->
                (int) RENAMEAT2.invokeExact(errno, from, string(arena, name), to, string(arena, newName), flags));
    }

    // Content

    static long pread(int fd, MemorySegment buffer, long at, long length, long position) {
        if (buffer.isNative()) {
            return run((arena, errno) ->
                    (long) PREAD.invokeExact(errno, fd, buffer.asSlice(at, length), length, position));
        }
        return run((arena, errno) -> {
            MemorySegment copy = arena.allocate(Math.min(length, TRANSFER));
            long count = (long) PREAD.invokeExact(errno, fd, copy, copy.byteSize(), position);
            if (count > 0) {
                MemorySegment.copy(copy, 0, buffer, at, count);
            }
            return count;
        });
    }

    static long pwrite(int fd, MemorySegment buffer, long at, long length, long position) {
        return run((arena, errno) -> {
            MemorySegment bytes = nativeBytes(arena, buffer, at, length);
            return (long) PWRITE.invokeExact(errno, fd, bytes, bytes.byteSize(), position);
        });
    }

    /** Writes at the end of the file, in one step with finding it. */
    static long append(int fd, MemorySegment buffer, long at, long length) {
        return run((arena, errno) -> {
            MemorySegment bytes = nativeBytes(arena, buffer, at, length);
            MemorySegment vector = arena.allocate(16, 8);
            vector.set(ADDRESS, 0, bytes);
            vector.set(JAVA_LONG, 8, bytes.byteSize());
            return (long) PWRITEV2.invokeExact(errno, fd, vector, 1, 0L, RWF_APPEND);
        });
    }

    private static MemorySegment nativeBytes(Arena arena, MemorySegment buffer, long at, long length) {
        if (buffer.isNative()) {
            return buffer.asSlice(at, length);
        }
        long part = Math.min(length, TRANSFER);
        MemorySegment copy = arena.allocate(part);
        MemorySegment.copy(buffer, at, copy, 0, part);
        return copy;
    }

    static long seek(int fd, long offset, int whence) {
        return run((arena, errno) -> (long) LSEEK.invokeExact(errno, fd, offset, whence));
    }

    static int truncate(int fd, long size) {
        return (int) run((arena, errno) -> (int) FTRUNCATE.invokeExact(errno, fd, size));
    }

    /** {@code truncate} of the file that a descriptor stands for. */
    static int truncateThis(int fd, long size) {
        return (int) run((arena, errno) -> (int) TRUNCATE.invokeExact(errno, string(arena, self(fd)), size));
    }

    static int allocate(int fd, int mode, long offset, long length) {
        return (int) run((arena, errno) -> (int) FALLOCATE.invokeExact(errno, fd, mode, offset, length));
    }

    static int sync(int fd) {
        return (int) run((arena, errno) -> (int) FSYNC.invokeExact(errno, fd));
    }

    // Locks

    private static MemorySegment lock(Arena arena, int type, long start, long end) {
        MemorySegment lock = arena.allocate(32, 8);
        lock.set(ValueLayout.JAVA_SHORT, 0, (short) type);
        lock.set(JAVA_LONG, 8, start);
        lock.set(JAVA_LONG, 16, end == Long.MAX_VALUE ? 0 : end - start + 1);
        return lock;
    }

    /** Sets, changes or removes a lock of the open file description on a range, without waiting. */
    static int setLock(int fd, int type, long start, long end) {
        return (int) run((arena, errno) ->
                (int) FCNTL.invokeExact(errno, fd, F_OFD_SETLK, lock(arena, type, start, end)));
    }

    /** A lock of somebody else that stands in the way, or null. */
    static RecordLocks.Range getLock(int fd, int type, long start, long end) {
        RecordLocks.Range[] found = {null};
        run((arena, errno) -> {
            MemorySegment lock = lock(arena, type, start, end);
            int result = (int) FCNTL.invokeExact(errno, fd, F_OFD_GETLK, lock);
            int present = lock.get(ValueLayout.JAVA_SHORT, 0);
            if (result == 0 && present != RecordLocks.F_UNLCK) {
                long first = lock.get(JAVA_LONG, 8);
                long length = lock.get(JAVA_LONG, 16);
                long last = length == 0 ? Long.MAX_VALUE : first + length - 1;
                found[0] = new RecordLocks.Range(null, lock.get(JAVA_INT, 24), present, first, last);
            }
            return result;
        });
        return found[0];
    }

    /** Takes or changes the lock of the open file description on the whole file, without waiting. */
    static int flock(int fd, int type) {
        int operation = type == RecordLocks.F_WRLCK ? LOCK_EX : LOCK_SH;
        return (int) run((arena, errno) -> (int) FLOCK.invokeExact(errno, fd, operation | LOCK_NB));
    }

    /** Sets the status flags of the open file description. */
    static int setFlags(int fd, int flags) {
        return (int) run((arena, errno) ->
                (int) FCNTL.invokeExact(errno, fd, F_SETFL, MemorySegment.ofAddress(flags)));
    }

    /** The user that the JVM runs as. */
    static int user() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
