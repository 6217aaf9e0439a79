package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.ArrayDeque;
import java.util.TreeMap;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * A POSIX message queue: messages by priority, and of one priority in the order in which they were sent. Who waits
 * longest is served first, receivers and senders alike.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/mq_send.html">mq_send</a>
 */
public final class MessageQueue extends Inode {
    /** One more than the highest priority. */
    public static final int PRIORITIES = 32_768;

    private static final int STATUS_SIZE = 80;

    /** A message. */
    public record Message(int priority, byte[] text) {}

    /** A call that waits: a receiver, or a sender with its message. */
    private static final class Pending {
        final Waiter waiter;
        final Message offered;
        // Written under the queue's lock; null while it waits.
        volatile Message exchanged;

        Pending(Waiter waiter, Message offered) {
            this.waiter = waiter;
            this.offered = offered;
        }

        void finish(Message message) {
            exchanged = message;
            waiter.wake();
        }
    }

    private final MqueueFs fs;
    private final long number;
    private final int most;
    private final int size;
    private final int payer;
    private final long cost;
    private final WaitQueue changed = new WaitQueue();
    // The rest is guarded by this.
    private int mode;
    private int uid;
    private int gid;
    private final TreeMap<Integer, ArrayDeque<Message>> messages = new TreeMap<>();
    private int count;
    private int bytes;
    private final ArrayDeque<Pending> receivers = new ArrayDeque<>(1);
    private final ArrayDeque<Pending> senders = new ArrayDeque<>(1);
    private MessageNotice notice;
    private int users;
    private boolean unlinked;
    private boolean gone;

    MessageQueue(MqueueFs fs, long number, int mode, int uid, int gid, int most, int size, int payer, long cost) {
        this.fs = fs;
        this.number = number;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.most = most;
        this.size = size;
        this.payer = payer;
        this.cost = cost;
    }

    /** How many messages it holds. */
    public int most() {
        return most;
    }

    /** The longest message in bytes. */
    public int messageSize() {
        return size;
    }

    /** How many messages are in it. */
    public synchronized int messages() {
        return count;
    }

    /** The user whose limit it counts against. */
    int payer() {
        return payer;
    }

    /** What it counts there. */
    long cost() {
        return cost;
    }

    /** Woken when a message has come or gone. */
    WaitQueue changed() {
        return changed;
    }

    // ---- messages ----

    /**
     * Sends.
     *
     * @param deadline of {@link Deadline}
     * @return 0, or -EAGAIN, -EINTR, -ENOMEM, -ETIMEDOUT
     */
    int send(Process sender, Waiter waiter, Message message, boolean mayWait, long deadline) {
        Pending waiting;
        synchronized (this) {
            Pending receiver = receivers.poll();
            if (receiver != null) {
                receiver.finish(message);
                return 0;
            }
            if (count < most) {
                int error = insert(message);
                if (error == 0 && count == 1 && notice != null) {
                    notice.messageCame(sender);
                    notice = null;
                }
                return error;
            }
            if (!mayWait) {
                return -EAGAIN;
            }
            waiting = new Pending(waiter, message);
            senders.add(waiting);
        }
        return await(waiting, senders, deadline);
    }

    /**
     * Receives the oldest message of the highest priority.
     *
     * @return the message, or -EAGAIN, -EINTR, -ETIMEDOUT
     */
    Result<Message> receive(Waiter waiter, boolean mayWait, long deadline) {
        Pending waiting;
        synchronized (this) {
            if (count > 0) {
                return Result.of(take());
            }
            // The queue is empty, and still had no memory for what was sent.
            Pending sender = senders.poll();
            if (sender != null) {
                sender.finish(sender.offered);
                return Result.of(sender.offered);
            }
            if (!mayWait) {
                return Result.failed(-EAGAIN);
            }
            waiting = new Pending(waiter, null);
            receivers.add(waiting);
        }
        int error = await(waiting, receivers, deadline);
        return error < 0 ? Result.failed(error) : Result.of(waiting.exchanged);
    }

    private int await(Pending waiting, ArrayDeque<Pending> queue, long deadline) {
        boolean inTime = true;
        while (true) {
            waiting.waiter.prepare();
            if (waiting.exchanged != null) {
                return 0;
            }
            if (!inTime || waiting.waiter.interrupted()) {
                synchronized (this) {
                    queue.remove(waiting);
                    return waiting.exchanged != null ? 0 : inTime ? -EINTR : -ETIMEDOUT;
                }
            }
            inTime = Deadline.park(waiting.waiter, deadline);
        }
    }

    // Guarded by this.
    private int insert(Message message) {
        if (!fs.kernel().messageSpace().take(message.text.length)) {
            return -ENOMEM;
        }
        messages.computeIfAbsent(message.priority, priority -> new ArrayDeque<>()).add(message);
        count++;
        bytes += message.text.length;
        changed.wakeAll();
        return 0;
    }

    // Guarded by this.
    private Message take() {
        var highest = messages.lastEntry();
        Message message = highest.getValue().remove();
        if (highest.getValue().isEmpty()) {
            messages.remove(highest.getKey());
        }
        count--;
        bytes -= message.text.length;
        fs.kernel().messageSpace().give(message.text.length);
        Pending sender = senders.peek();
        if (sender != null && insert(sender.offered) == 0) {
            senders.remove();
            sender.finish(sender.offered);
        }
        changed.wakeAll();
        return message;
    }

    // ---- notices ----

    /** {@code mq_notify}: registers; -EBUSY if somebody has. */
    synchronized int setNotice(MessageNotice wanted) {
        if (notice != null) {
            return -EBUSY;
        }
        notice = wanted;
        return 0;
    }

    /** Takes the notice of this owner back, if it is the one registered. */
    synchronized void removeNotice(Object owner) {
        if (notice != null && notice.owner() == owner) {
            notice.removed();
            notice = null;
        }
    }

    /** What reading the queue's file gives. */
    synchronized String status() {
        int signal = notice == null ? 0 : notice.signal();
        int kind = notice == null ? 0 : notice.kind();
        int pid = notice == null ? 0 : notice.process().pid();
        return "QSIZE:%-10d NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d%n".formatted(bytes, kind, signal, pid);
    }

    // ---- life ----

    synchronized void opened() {
        users++;
    }

    void closed() {
        synchronized (this) {
            users--;
        }
        leaveIfUnused();
    }

    /** It no longer has a name. */
    void unlinked() {
        synchronized (this) {
            unlinked = true;
        }
        leaveIfUnused();
    }

    private void leaveIfUnused() {
        synchronized (this) {
            if (gone || !unlinked || users > 0) {
                return;
            }
            gone = true;
            messages.values().forEach(some -> some.forEach(one -> fs.kernel().messageSpace().give(one.text.length)));
            messages.clear();
        }
        fs.gone(this);
    }

    // ---- the file ----

    @Override
    public FileSystem fileSystem() {
        return fs;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public synchronized int mode() {
        return FileMode.S_IFREG | mode;
    }

    @Override
    public synchronized int uid() {
        return uid;
    }

    @Override
    public synchronized int gid() {
        return gid;
    }

    @Override
    public synchronized int stat(Stat out) {
        out.clear();
        out.dev = fs.device();
        out.ino = number;
        out.mode = FileMode.S_IFREG | mode;
        out.nlink = unlinked ? 0 : 1;
        out.uid = uid;
        out.gid = gid;
        out.size = STATUS_SIZE;
        out.blksize = 4096;
        out.setTimes(fs.kernel().seconds() * 1_000_000_000L);
        return 0;
    }

    @Override
    public synchronized int setMode(int permissions) {
        mode = permissions;
        return 0;
    }

    @Override
    public synchronized int setOwner(int newUid, int newGid, int permissions) {
        uid = newUid == -1 ? uid : newUid;
        gid = newGid == -1 ? gid : newGid;
        mode = permissions;
        return 0;
    }

    @Override
    public int setTimes(long atimeSec, int atimeNsec, long mtimeSec, int mtimeNsec) {
        return 0;
    }

    @Override
    public int truncate(long length) {
        return 0;
    }

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        return Result.of(new MessageQueueFile(this, flags, where));
    }
}
