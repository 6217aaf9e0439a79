package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.javix.vfs.Credentials;
import org.javix.vfs.DirectoryReader;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Permissions;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.StatFs;

/**
 * The POSIX message queues of a sandbox: a file system with one directory, in which anybody may make queues and only
 * their owner may remove them. {@code mq_open} uses it without a mount; {@code mount -t mqueue} shows it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mq_overview.7.html">mq_overview(7)</a>
 */
public final class MqueueFs extends FileSystem {
    /** How many queues there may be. */
    public static final int QUEUES_MAX = 256;
    /** How many messages a queue holds, at most and if nothing is asked for. */
    public static final int MSG_MAX = 10;
    /** How long its messages may be in bytes, at most and if nothing is asked for. */
    public static final int MSGSIZE_MAX = 8192;

    private static final int MAGIC = 0x1980_0202;
    private static final int NAME_MAX = 255;
    /** What Linux counts for each message beside its bytes. */
    private static final int MESSAGE_COST = 96;

    private final Kernel kernel;
    private final Root root = new Root();
    // All guarded by this.
    private final TreeMap<String, MessageQueue> queues = new TreeMap<>();
    private final Map<Integer, Long> bytesByUser = new HashMap<>();
    private int count;
    private long lastNumber = 1;

    MqueueFs(Kernel kernel) {
        this.kernel = kernel;
    }

    Kernel kernel() {
        return kernel;
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "mqueue";
    }

    @Override
    public int statfs(StatFs out) {
        super.statfs(out);
        out.type = MAGIC;
        return 0;
    }

    /**
     * {@code mq_open}.
     *
     * @param name without the slash that it begins with
     * @param mode permissions of a new queue, before the umask
     * @param most how many messages a new queue holds, and
     * @param size how long they may be; 0 for both if nothing is asked for
     * @return the open queue, or -EACCES, -EEXIST, -EINVAL, -EMFILE (RLIMIT_MSGQUEUE), -ENAMETOOLONG, -ENOENT, -ENOSPC
     */
    public Result<OpenFile> open(Process process, String name, int flags, int mode, long most, long size) {
        int error = checkName(name);
        if (error < 0) {
            return Result.failed(error);
        }
        Credentials who = process.fs().credentials();
        MessageQueue queue;
        synchronized (this) {
            queue = queues.get(name);
            if (queue == null) {
                if ((flags & OpenFlags.O_CREAT) == 0) {
                    return Result.failed(-ENOENT);
                }
                int permissions = mode & 07777 & ~process.fs().umask();
                Result<MessageQueue> made = make(process, name, permissions, who.euid(), who.egid(), most, size);
                return made.isFailure() ? Result.failed(made.error()) : Result.of(new MessageQueueFile(made.value(), flags, null));
            }
            error = mayOpen(who, queue, flags);
            return error < 0 ? Result.failed(error) : Result.of(new MessageQueueFile(queue, flags, null));
        }
    }

    private static int checkName(String name) {
        if (name.isEmpty()) {
            return -ENOENT;
        }
        if (name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            return -EACCES;
        }
        return name.length() > NAME_MAX ? -ENAMETOOLONG : 0;
    }

    private static int mayOpen(Credentials who, MessageQueue queue, int flags) {
        if ((flags & OpenFlags.O_CREAT) != 0 && (flags & OpenFlags.O_EXCL) != 0) {
            return -EEXIST;
        }
        int wanted = switch (flags & OpenFlags.O_ACCMODE) {
            case OpenFlags.O_RDONLY -> FileMode.READ;
            case OpenFlags.O_WRONLY -> FileMode.WRITE;
            case OpenFlags.O_RDWR -> FileMode.READ | FileMode.WRITE;
            default -> -1;
        };
        return wanted < 0 ? -EINVAL : Permissions.check(who, queue, wanted);
    }

    // Guarded by this.
    private Result<MessageQueue> make(Process process, String name, int mode, int uid, int gid, long most, long size) {
        if (count >= QUEUES_MAX) {
            return Result.failed(-ENOSPC);
        }
        if (most <= 0 || size <= 0 || most > MSG_MAX || size > MSGSIZE_MAX) {
            return Result.failed(-EINVAL);
        }
        long cost = most * (size + MESSAGE_COST);
        int user = process == null ? uid : process.fs().credentials().uid();
        long used = bytesByUser.getOrDefault(user, 0L) + cost;
        if (process != null && Long.compareUnsigned(used, process.rlimits().soft(Rlimit.MSGQUEUE)) > 0) {
            return Result.failed(-EMFILE);
        }
        bytesByUser.put(user, used);
        count++;
        MessageQueue queue = new MessageQueue(this, ++lastNumber, mode, uid, gid, (int) most, (int) size, user, cost);
        queues.put(name, queue);
        return Result.of(queue);
    }

    /** {@code mq_unlink}: 0, or -EACCES, -ENAMETOOLONG, -ENOENT, -EPERM. */
    public int unlink(Credentials who, String name) {
        int error = checkName(name);
        if (error < 0) {
            return error;
        }
        synchronized (this) {
            MessageQueue queue = queues.get(name);
            if (queue == null) {
                return -ENOENT;
            }
            if (!who.isRoot() && who.euid() != queue.uid()) {
                return -EPERM;
            }
            return remove(name, queue);
        }
    }

    // Guarded by this.
    private int remove(String name, MessageQueue queue) {
        queues.remove(name);
        queue.unlinked();
        return 0;
    }

    /** A queue has neither a name nor users. */
    synchronized void gone(MessageQueue queue) {
        count--;
        bytesByUser.computeIfPresent(queue.payer(), (user, bytes) -> bytes > queue.cost() ? bytes - queue.cost() : null);
    }

    /** The only directory. */
    private final class Root extends Inode {
        @Override
        public FileSystem fileSystem() {
            return MqueueFs.this;
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public int mode() {
            return FileMode.S_IFDIR | 01777;
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
            out.dev = device();
            out.ino = 1;
            out.mode = mode();
            out.nlink = 2;
            out.blksize = 4096;
            out.setTimes(kernel.seconds() * 1_000_000_000L);
            return 0;
        }

        @Override
        public int lookup(String name, Found out) {
            synchronized (MqueueFs.this) {
                out.inode = queues.get(name);
            }
            return out.inode == null ? -ENOENT : 0;
        }

        @Override
        public int create(String name, int mode, int uid, int gid, long rdev, Found out) {
            if (!FileMode.isRegular(mode)) {
                return -EPERM;
            }
            synchronized (MqueueFs.this) {
                if (queues.containsKey(name)) {
                    return -EEXIST;
                }
                Result<MessageQueue> made = make(null, name, mode & 07777, uid, gid, MSG_MAX, MSGSIZE_MAX);
                out.inode = made.value();
                return made.error();
            }
        }

        @Override
        public int unlink(String name, Inode expected) {
            synchronized (MqueueFs.this) {
                return queues.get(name) != expected ? -ESTALE : remove(name, (MessageQueue) expected);
            }
        }

        @Override
        public int symlink(String name, String target, int uid, int gid, Found out) {
            return -EPERM;
        }

        @Override
        public int link(String name, Inode file) {
            return -EPERM;
        }

        @Override
        public int rename(String name, Inode expected, Inode to, String newName, Inode target, int flags) {
            return -EPERM;
        }

        @Override
        public Result<OpenFile> open(FsContext context, Location where, int flags) {
            return Result.of(OpenFile.directory(flags, where));
        }

        @Override
        public int list(DirectoryReader sink) {
            List<Map.Entry<String, MessageQueue>> entries;
            synchronized (MqueueFs.this) {
                entries = new ArrayList<>(queues.entrySet());
            }
            int given = 0;
            for (Map.Entry<String, MessageQueue> entry : entries) {
                MessageQueue queue = entry.getValue();
                if (!sink.entry(queue.number(), given + 3L, FileMode.directoryType(queue.mode()), entry.getKey())) {
                    break;
                }
                given++;
            }
            return given;
        }
    }
}
