package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import org.javix.vfs.Credentials;
import org.javix.vfs.Result;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * A System V message queue. A message goes to the receiver that has waited longest among those that want its
 * type, or stays until one comes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/msgrcv.html">msgrcv</a>
 */
public final class SysvMessageQueue extends SysvIpcObject {
    /** The longest message, in bytes. */
    public static final int MSGMAX = 8192;
    /** How many bytes a new queue holds. */
    public static final int MSGMNB = 16_384;
    /** How many queues there may be. */
    static final int MSGMNI = 4096;

    /** Flag: do not wait. */
    public static final int IPC_NOWAIT = 04000;
    /** Flag of {@link #receive}: cut a message that is too long. */
    public static final int MSG_NOERROR = 010000;
    /** Flag of {@link #receive}: any type but this. */
    public static final int MSG_EXCEPT = 020000;
    /** Flag of {@link #receive}: the message with this number, which stays. */
    public static final int MSG_COPY = 040000;

    /**
     * A message.
     *
     * @param type above 0
     */
    public record Message(int type, byte[] text) {}

    /**
     * The state of a queue.
     *
     * @param bytes in the queue
     * @param messages in the queue
     * @param most how many bytes it holds
     * @param sent when something was sent last, in seconds since 1970; 0 for never
     * @param received as {@code sent}
     * @param sender the process that sent last, or 0
     * @param receiver the process that received last, or 0
     */
    public record Status(int bytes, int messages, int most, long sent, long received, int sender, int receiver) {}

    private static final class Receiver {
        final Waiter waiter;
        final Process process;
        final int type;
        final int flags;
        final int room;
        // Written under the queue's lock; null while it waits.
        volatile Result<Message> result;

        Receiver(Waiter waiter, Process process, int type, int flags, int room) {
            this.waiter = waiter;
            this.process = process;
            this.type = type;
            this.flags = flags;
            this.room = room;
        }

        void finish(Result<Message> what) {
            result = what;
            waiter.wake();
        }
    }

    private final Kernel kernel;
    private final WaitQueue roomy = new WaitQueue();
    // All guarded by this.
    private final LinkedList<Message> messages = new LinkedList<>();
    private final List<Receiver> receivers = new ArrayList<>(1);
    private int bytes;
    private int most = MSGMNB;
    private long sent;
    private long received;
    private int sender;
    private int receiver;

    SysvMessageQueue(Kernel kernel, int key, Credentials who, int mode) {
        super(key, who, mode, kernel.seconds());
        this.kernel = kernel;
    }

    /**
     * {@code msgsnd}.
     *
     * @param flags {@link #IPC_NOWAIT}
     * @return 0, -EACCES, -EAGAIN, -EIDRM, -EINTR, -EINVAL (longer than the queue), -ENOMEM (the sandbox's
     *     messages take too much)
     */
    public int send(Process process, Waiter waiter, Message message, int flags) {
        Credentials who = process.fs().credentials();
        int result = trySend(process, who, message);
        return result != -EAGAIN || (flags & IPC_NOWAIT) != 0
                ? result
                : (int) roomy.retry(waiter, () -> trySend(process, who, message));
    }

    private synchronized int trySend(Process process, Credentials who, Message message) {
        if (isRemoved()) {
            return -EIDRM;
        }
        int error = check(who, ALTER);
        if (error < 0) {
            return error;
        }
        int length = message.text.length;
        if (bytes + length > most || messages.size() + 1 > most) {
            return -EAGAIN;
        }
        sent = kernel.seconds();
        sender = process.pid();
        if (handOver(message)) {
            return 0;
        }
        if (!kernel.messageSpace().take(length)) {
            return -ENOMEM;
        }
        messages.add(message);
        bytes += length;
        return 0;
    }

    /** Gives a message to who waits for it; who has too little room is told so. Guarded by this. */
    private boolean handOver(Message message) {
        for (Iterator<Receiver> i = receivers.iterator(); i.hasNext(); ) {
            Receiver waiting = i.next();
            if (!wants(waiting.type, waiting.flags, message)) {
                continue;
            }
            i.remove();
            Result<Message> given = fit(message, waiting.flags, waiting.room);
            waiting.finish(given);
            if (!given.isFailure()) {
                received(waiting.process);
                return true;
            }
        }
        return false;
    }

    // Guarded by this.
    private void received(Process process) {
        received = kernel.seconds();
        receiver = process.pid();
    }

    /**
     * {@code msgrcv}.
     *
     * @param type 0 the first message; above 0 the first of this type; below 0 the first of the lowest type that is at most
     *     {@code -type}
     * @param flags {@link #IPC_NOWAIT}, {@link #MSG_NOERROR}, {@link #MSG_EXCEPT}, {@link #MSG_COPY}
     * @param room the longest text that is wanted
     * @return the message, or -E2BIG, -EACCES, -EIDRM, -EINTR, -EINVAL, -ENOMSG
     */
    public Result<Message> receive(Process process, Waiter waiter, int type, int flags, int room) {
        boolean copy = (flags & MSG_COPY) != 0;
        if (copy && ((flags & MSG_EXCEPT) != 0 || (flags & IPC_NOWAIT) == 0)) {
            return Result.failed(-EINVAL);
        }
        Receiver waiting;
        synchronized (this) {
            if (isRemoved()) {
                return Result.failed(-EIDRM);
            }
            int error = check(process.fs().credentials(), READ);
            if (error < 0) {
                return Result.failed(error);
            }
            Message found = copy ? numbered(type) : find(type, flags);
            if (found != null) {
                Result<Message> given = fit(found, flags, room);
                if (!copy && !given.isFailure()) {
                    take(process, found);
                }
                return given;
            }
            if ((flags & IPC_NOWAIT) != 0) {
                return Result.failed(-ENOMSG);
            }
            waiting = new Receiver(waiter, process, type, flags, room);
            receivers.add(waiting);
        }
        return await(waiting);
    }

    private Result<Message> await(Receiver waiting) {
        while (true) {
            waiting.waiter.prepare();
            if (waiting.result != null) {
                return waiting.result;
            }
            if (waiting.waiter.interrupted()) {
                synchronized (this) {
                    receivers.remove(waiting);
                    return waiting.result != null ? waiting.result : Result.failed(-EINTR);
                }
            }
            waiting.waiter.park();
        }
    }

    // Guarded by this.
    private void take(Process process, Message message) {
        messages.remove(message);
        bytes -= message.text.length;
        kernel.messageSpace().give(message.text.length);
        received(process);
        roomy.wakeAll();
    }

    // Guarded by this.
    private Message numbered(int number) {
        return number >= 0 && number < messages.size() ? messages.get(number) : null;
    }

    // Guarded by this.
    private Message find(int type, int flags) {
        Message found = null;
        for (Message message : messages) {
            if (wants(type, flags, message) && (found == null || message.type < found.type)) {
                found = message;
                if (type >= 0) {
                    break;
                }
            }
        }
        return found;
    }

    private static boolean wants(int type, int flags, Message message) {
        if (type == 0) {
            return true;
        }
        if (type < 0) {
            return message.type <= (type == Integer.MIN_VALUE ? Integer.MAX_VALUE : -type);
        }
        return (message.type == type) != ((flags & MSG_EXCEPT) != 0);
    }

    private static Result<Message> fit(Message message, int flags, int room) {
        if (message.text.length <= room) {
            return Result.of(message);
        }
        return (flags & MSG_NOERROR) == 0
                ? Result.failed(-E2BIG)
                : Result.of(new Message(message.type, Arrays.copyOf(message.text, room)));
    }

    /** The state now. */
    public synchronized Status status() {
        return new Status(bytes, messages.size(), most, sent, received, sender, receiver);
    }

    /** {@code IPC_SET}: how many bytes it holds, beside what {@link #set} changes. */
    public synchronized void setMost(int newMost) {
        most = newMost;
        roomy.wakeAll();
    }

    @Override
    protected void removed() {
        for (Receiver waiting : receivers) {
            waiting.finish(Result.failed(-EIDRM));
        }
        receivers.clear();
        messages.forEach(message -> kernel.messageSpace().give(message.text.length));
        messages.clear();
        roomy.wakeAll();
    }
}
