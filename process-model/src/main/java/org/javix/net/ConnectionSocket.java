package org.javix.net;

import static org.javix.vfs.Errno.*;
import static org.javix.vfs.PollEvents.*;

import java.util.function.Consumer;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/**
 * A socket that is connected to one other, or listens: streams, and messages over a connection.
 *
 * <p>A connection is two sockets and two {@link ReceiveQueue}s, each the {@code in} of one socket and the {@code out} of
 * the other. A socket that shuts down or closes says so in the queues: it {@linkplain ReceiveQueue#end ends} the one and
 * {@linkplain ReceiveQueue#refuse refuses} the other. So the two need no common lock.
 */
abstract class ConnectionSocket extends SocketFile {
    // Set when it is connected, the peer first, and again when it is disconnected: whoever looks at one of them twice
    // keeps what he saw first.
    private volatile ConnectionSocket peer;
    private volatile ReceiveQueue out;
    private volatile ReceiveQueue in;
    // Set under this, when it listens.
    private volatile Backlog backlog;
    private volatile boolean receivesNoMore;
    private volatile boolean sendsNoMore;

    ConnectionSocket(Network network, int domain, int type, int protocol, int flags) {
        super(network, domain, type, protocol, flags);
    }

    // ---- what families differ in ----

    /** The error of receiving without a connection. */
    abstract long receiveUnconnected(SocketMessage message);

    /** The error of sending without a connection. */
    abstract long sendUnconnected(Waiter waiter, SocketMessage message);

    /** The error of an address given where there is a connection, 0 where it is passed over. */
    abstract int errorOfAddress();

    /** Whether files and credentials travel. */
    abstract boolean passesFiles();

    /** Whether sending where nobody receives is a signal, too. */
    boolean raisesSignal() {
        return true;
    }

    // ---- connections ----

    final boolean isConnected() {
        return in != null;
    }

    final ConnectionSocket peer() {
        return peer;
    }

    final ReceiveQueue in() {
        return in;
    }

    final ReceiveQueue out() {
        return out;
    }

    final Backlog backlog() {
        return backlog;
    }

    final boolean receivesNoMore() {
        return receivesNoMore;
    }

    final boolean sendsNoMore() {
        return sendsNoMore;
    }

    /** A queue from {@code sender} to {@code receiver}. */
    private static ReceiveQueue queue(ConnectionSocket sender, ConnectionSocket receiver) {
        BufferMemory memory = sender.network.memory();
        int capacity = sender.queueCapacity(receiver);
        return sender.type() == SOCK_STREAM
                ? new StreamQueue(capacity, memory, receiver.changed, sender.changed)
                : new PacketQueue(capacity, memory, receiver.changed, sender.changed);
    }

    /** How much may be on its way to a receiver. */
    int queueCapacity(ConnectionSocket receiver) {
        return options.sendBuffer();
    }

    /** Connects two sockets that are not connected. */
    static void join(ConnectionSocket one, ConnectionSocket other) {
        ReceiveQueue there = queue(one, other);
        ReceiveQueue back = queue(other, one);
        other.connected(one, there, back);
        one.connected(other, back, there);
    }

    private void connected(ConnectionSocket to, ReceiveQueue in, ReceiveQueue out) {
        peer = to;
        this.out = out;
        this.in = in;
        if (receivesNoMore) {
            in.refuse();
        }
        if (sendsNoMore) {
            out.end(receivesNoMore);
        }
        changed.wakeAll();
    }

    /**
     * Ends a connection, so that the socket can be connected anew, or listens no more. The next call is told of it at both
     * ends.
     */
    final void disconnect() {
        stopListening();
        ReceiveQueue receiving = in;
        hangUp(true);
        in = null;
        out = null;
        peer = null;
        receivesNoMore = false;
        sendsNoMore = false;
        takeError();
        if (receiving != null) {
            receiving.end(true);
            setError(ECONNRESET);
        }
        changed.wakeAll();
    }

    // ---- listening ----

    @Override
    public final boolean listens() {
        return backlog != null;
    }

    /** Listens from now on, with room for so many connections. */
    final void startListening(int limit) {
        synchronized (this) {
            if (backlog == null) {
                backlog = new Backlog();
            }
        }
        backlog.setLimit(limit);
    }

    /** Listens no more; what was not accepted is cut off. */
    final void stopListening() {
        Backlog former;
        synchronized (this) {
            former = backlog;
            backlog = null;
        }
        if (former != null) {
            former.close().forEach(ConnectionSocket::cutOff);
            changed.wakeAll();
        }
    }

    @Override
    public Result<OpenFile> accept(Waiter waiter, int flags) {
        try (SocketWait wait = new SocketWait(waiter, changed, options::receiveDeadline)) {
            while (true) {
                wait.prepare();
                Backlog from = backlog;
                if (from == null || receivesNoMore) {
                    return Result.failed(-EINVAL);
                }
                ConnectionSocket next = from.poll();
                if (next != null) {
                    next.setStatusFlags(flags & OpenFlags.O_NONBLOCK);
                    return Result.of(next);
                }
                int error = takeError();
                if (error != 0) {
                    return Result.failed(-error);
                }
                if (nonBlocking()) {
                    return Result.failed(-EAGAIN);
                }
                long result = wait.await(0);
                if (result != 0) {
                    return Result.failed((int) result);
                }
            }
        }
    }

    // ---- receiving ----

    @Override
    public long receive(Waiter waiter, SocketMessage message) {
        message.setKeepsUrgent(options.is(SocketOptions.SO_OOBINLINE));
        if (message.has(SocketMessage.MSG_OOB)) {
            return receiveUrgent(message);
        }
        if (message.has(SocketMessage.MSG_ERRQUEUE)) {
            return -EAGAIN;
        }
        ReceiveQueue queue = in;
        if (queue == null) {
            return receiveUnconnected(message);
        }
        boolean asks = options.is(SocketOptions.SO_PASSCRED) && passesFiles();
        long enough = enough(message);
        long done = 0;
        try (SocketWait wait = new SocketWait(waiter, queue.readable, options::receiveDeadline)) {
            while (true) {
                wait.prepare();
                // Of a stream what came before the error is received first.
                if (type() != SOCK_STREAM && hasError()) {
                    return -takeError();
                }
                long count = queue.take(message, done, asks);
                if (count >= 0) {
                    done += count;
                    if (done >= enough || message.isComplete()) {
                        return done;
                    }
                    continue;
                }
                if (message.length == 0 && !queue.isEmpty()) {
                    return 0;
                }
                if (done == 0 && hasError()) {
                    return -takeError();
                }
                if (queue.hasEnded() || receivesNoMore || done > 0 && hasError()) {
                    // The last bytes may have come right before the end.
                    if (queue.isEmpty() || done > 0 && message.has(SocketMessage.MSG_PEEK)) {
                        return done;
                    }
                } else if (isNonBlocking(message)) {
                    return done > 0 ? done : -EAGAIN;
                } else {
                    long result = wait.await(done);
                    if (result != 0) {
                        return result;
                    }
                }
            }
        }
    }

    /** With how many bytes a call returns that may wait. */
    private long enough(SocketMessage message) {
        if (type() != SOCK_STREAM) {
            return 0;
        }
        return message.has(SocketMessage.MSG_WAITALL)
                ? message.length
                : Math.min(message.length, options.receiveLow());
    }

    /** Receives the urgent byte of a stream, apart. */
    private long receiveUrgent(SocketMessage message) {
        if (type() != SOCK_STREAM) {
            return -EOPNOTSUPP;
        }
        if (message.keepsUrgent()) {
            return -EINVAL;
        }
        if (!(in instanceof StreamQueue queue)) {
            return receiveUnconnected(message);
        }
        if (!queue.takeUrgent(message)) {
            return -EINVAL;
        }
        message.setResultFlags(message.length > 0 ? SocketMessage.MSG_OOB : SocketMessage.MSG_OOB | SocketMessage.MSG_TRUNC);
        return Math.min(message.length, 1);
    }

    @Override
    final boolean isAtUrgent() {
        return in instanceof StreamQueue queue && queue.isAtUrgent();
    }

    // ---- sending ----

    @Override
    public long send(FsContext context, Waiter waiter, SocketMessage message) {
        ReceiveQueue queue = out;
        if (queue == null) {
            return sendUnconnected(waiter, message);
        }
        if (message.address() != null && errorOfAddress() != 0) {
            return errorOfAddress();
        }
        if (hasError()) {
            int error = takeError();
            return error == EPIPE ? broken(waiter, message) : -error;
        }
        if (sendsNoMore || queue.isRefused()) {
            return refused(waiter, message);
        }
        boolean stream = type() == SOCK_STREAM;
        if (!stream && message.length > options.sendBuffer() - 32) {
            return -EMSGSIZE;
        }
        if (stream && message.length == 0) {
            return 0;
        }
        Ancillary ancillary = null;
        if (passesFiles()) {
            boolean asked = options.is(SocketOptions.SO_PASSCRED) || peer.options.is(SocketOptions.SO_PASSCRED);
            if (asked || message.credentials() != null || !message.files().isEmpty()) {
                Result<Ancillary> made = ancillary(waiter, message, asked);
                if (made.isFailure()) {
                    return made.error();
                }
                ancillary = made.value();
            }
        }
        ConnectionSocket receiver = peer;
        long sent = send(waiter, message, queue, ancillary);
        if (message.has(SocketMessage.MSG_OOB) && sent == message.length && receiver != null) {
            receiver.tellUrgent();
        }
        return sent;
    }

    private long send(Waiter waiter, SocketMessage message, ReceiveQueue queue, Ancillary given) {
        Ancillary ancillary = given;
        long done = 0;
        try (SocketWait wait = new SocketWait(waiter, queue.roomy, options::sendDeadline)) {
            while (true) {
                wait.prepare();
                if (sendsNoMore || queue.isRefused()) {
                    return done > 0 ? done : refused(waiter, message);
                }
                int count = queue.put(message, done, ancillary);
                if (count >= 0) {
                    // Only the first bytes have files; a sender that is asked for is told with all.
                    ancillary = again(ancillary);
                    done += count;
                    if (queue.isRefused()) {
                        queue.discard();
                    }
                    if (done >= message.length) {
                        return done;
                    }
                } else if (count == ReceiveQueue.NO_MEMORY) {
                    return done > 0 ? done : -ENOBUFS;
                } else if (isNonBlocking(message)) {
                    return done > 0 ? done : -EAGAIN;
                } else {
                    long result = wait.await(done);
                    if (result != 0) {
                        return result;
                    }
                }
            }
        } finally {
            if (ancillary != null) {
                ancillary.discard();
            }
        }
    }

    private Ancillary again(Ancillary sent) {
        return sent == null || sent.credentials() == null ? null : sent.withoutFiles();
    }

    /** The result of sending where nobody receives. */
    long refused(Waiter waiter, SocketMessage message) {
        return raisesSignal() ? broken(waiter, message) : -EPIPE;
    }

    // ---- the end ----

    @Override
    public int shutdown(int how) {
        if (how < SHUT_RD || how > SHUT_RDWR) {
            return -EINVAL;
        }
        if (how != SHUT_WR) {
            receivesNoMore = true;
            ReceiveQueue receiving = in;
            if (receiving != null) {
                stopReceiving(receiving);
            }
        }
        if (how != SHUT_RD) {
            sendsNoMore = true;
            ReceiveQueue sending = out;
            if (sending != null) {
                sending.end(receivesNoMore);
            }
        }
        Backlog waiting = backlog;
        if (waiting != null) {
            waiting.roomy.wakeAll();
        }
        changed.wakeAll();
        return 0;
    }

    /** The other end learns that this one will receive no more. */
    void stopReceiving(ReceiveQueue receiving) {
        receiving.refuse();
    }

    @Override
    protected void closed() {
        stopListening();
        ReceiveQueue receiving = in;
        hangUp(receiving != null && !receiving.isEmpty() || options.cutsOff());
    }

    /** Closes a connection that nobody has accepted. */
    private void cutOff() {
        hangUp(true);
        release();
    }

    /** Ends the connection as if something had gone wrong on the way. */
    final void abort() {
        hangUp(true);
    }

    private void hangUp(boolean reset) {
        ConnectionSocket other = peer;
        ReceiveQueue sending = out;
        ReceiveQueue receiving = in;
        if (receiving == null || sending == null || other == null) {
            return;
        }
        receivesNoMore = true;
        sendsNoMore = true;
        if (reset) {
            other.reset();
        }
        receiving.refuse();
        receiving.discard();
        sending.end(true);
    }

    /** The other end went without having received everything. */
    void reset() {
        setError(ECONNRESET);
    }

    // ---- readiness ----

    @Override
    public int poll() {
        int events = hasError() ? POLLERR : 0;
        events |= in instanceof StreamQueue queue && queue.hasUrgent() ? POLLPRI : 0;
        Backlog waiting = backlog;
        if (waiting != null) {
            return waiting.isEmpty() ? events : events | POLLIN | POLLRDNORM;
        }
        ReceiveQueue sending = out;
        ReceiveQueue receiving = in;
        if (receiving == null || sending == null) {
            return events | pollUnconnected();
        }
        boolean inEnded = receivesNoMore || receiving.hasEnded();
        boolean outEnded = sendsNoMore || outHasEnded(sending);
        if (inEnded) {
            events |= POLLRDHUP | POLLIN | POLLRDNORM;
            events |= outEnded ? POLLHUP : 0;
        }
        if (isReadable(receiving)) {
            events |= POLLIN | POLLRDNORM;
        }
        return sending.isWritable() || isWritableWhenEnded(outEnded) ? events | POLLOUT | POLLWRNORM | POLLWRBAND : events;
    }

    boolean isReadable(ReceiveQueue queue) {
        return !queue.isEmpty();
    }

    int pollUnconnected() {
        return POLLHUP | POLLOUT | POLLWRNORM | POLLWRBAND;
    }

    /** Whether the other end has let this one know that it receives no more. */
    boolean outHasEnded(ReceiveQueue sending) {
        return sending.isRefused();
    }

    boolean isWritableWhenEnded(boolean ended) {
        return ended;
    }

    @Override
    int received() {
        ReceiveQueue receiving = in;
        return listens() ? -EINVAL : receiving == null ? 0 : receiving.total();
    }

    @Override
    int sent() {
        ReceiveQueue sending = out;
        return listens() ? -EINVAL : sending == null ? 0 : sending.used();
    }

    @Override
    void buffersChanged() {
        ConnectionSocket to = peer;
        ReceiveQueue sending = out;
        if (sending != null && to != null) {
            sending.setCapacity(queueCapacity(to));
        }
    }

    @Override
    void forEachReceivedSocket(Consumer<SocketFile> sink) {
        ReceiveQueue receiving = in;
        if (receiving != null) {
            receiving.collect(sink);
        }
        Backlog waiting = backlog;
        if (waiting != null) {
            waiting.list().forEach(socket -> socket.forEachReceivedSocket(sink));
        }
    }

    @Override
    void discardReceived() {
        ReceiveQueue receiving = in;
        if (receiving != null) {
            receiving.discard();
        }
        Backlog waiting = backlog;
        if (waiting != null) {
            waiting.list().forEach(ConnectionSocket::discardReceived);
        }
    }
}
