package org.javix.net;

import static org.javix.vfs.Errno.*;
import static org.javix.vfs.PollEvents.*;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.util.function.IntSupplier;
import org.javix.process.Deadline;
import org.javix.vfs.Credentials;
import org.javix.vfs.FileOwner;
import org.javix.vfs.FsContext;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/**
 * A TCP socket on the sandbox's loopback, or connected with the host's network. There are no packets: connecting is joining two sockets, a reset is an error
 * that the other end is told. There is no TIME_WAIT. Urgent data does not cross to the host's network.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 */
final class TcpSocket extends ConnectionSocket implements InternetSocket {
    private static final int SEND_BUFFER = 16_384;
    private static final int RECEIVE_BUFFER = 131_072;

    /** What a connection holds at least, as Linux's buffers grow by themselves. */
    private static final int QUEUE = 1 << 22;

    private enum Attempt {
        /** None, or one that is over and told. */
        NONE,
        /** One goes on without its caller. */
        PENDING,
        /** It has succeeded, which {@code connect} has not told yet. */
        SUCCEEDED,
        /** It has failed. */
        FAILED
    }

    private final InternetOptions protocolOptions;
    private final InternetName name;
    private volatile InternetAddress peerAddress;
    // Written under this.
    private volatile Attempt attempt = Attempt.NONE;
    // The other end has refused to receive more, so that this one is of no use.
    private volatile boolean reset;
    private volatile boolean closed;
    // Whether connecting has given it its port.
    private volatile boolean hasChosenPort;
    // Guarded by this.
    private Closeable attemptChannel;

    TcpSocket(Network network, int domain, int flags) {
        super(network, domain, SOCK_STREAM, InternetOptions.IPPROTO_TCP, flags);
        protocolOptions = new InternetOptions(domain, true);
        name = new InternetName(this, domain, network.tcpPorts(), protocolOptions);
        options.setBuffers(SEND_BUFFER, RECEIVE_BUFFER);
    }

    @Override
    public boolean is(int option) {
        return options.is(option);
    }

    @Override
    public boolean isConnectedTo() {
        return false;
    }

    @Override
    int queueCapacity(ConnectionSocket receiver) {
        return Math.max(QUEUE, options.sendBuffer() + receiver.options.receiveBuffer());
    }

    // ---- names ----

    @Override
    public int bind(FsContext context, byte[] address) {
        return name.bind(context, address);
    }

    @Override
    public byte[] localAddress() {
        return name.bytes();
    }

    @Override
    public Result<byte[]> peerAddress() {
        InternetAddress to = peerAddress;
        return to == null || !isEstablished() ? Result.failed(-ENOTCONN) : Result.of(name.bytes(to));
    }

    // ---- listening ----

    @Override
    public int listen(Waiter waiter, int backlog) {
        if (isConnected() || attempt == Attempt.PENDING) {
            return -EINVAL;
        }
        int error = name.autobind();
        if (error < 0 || !network.tcpPorts().mayListen(name.binding())) {
            return -EADDRINUSE;
        }
        startListening(backlog);
        return 0;
    }

    // ---- connecting ----

    @Override
    public int connect(FsContext context, Waiter waiter, byte[] address) {
        if (address.length < UnixAddress.FAMILY_SIZE) {
            return -EINVAL;
        }
        synchronized (this) {
            Attempt last = attempt;
            if (last == Attempt.PENDING) {
                if (nonBlocking()) {
                    return -EALREADY;
                }
            } else if (last != Attempt.NONE) {
                attempt = Attempt.NONE;
                return last == Attempt.SUCCEEDED ? 0 : hasError() ? -takeError() : -ECONNABORTED;
            }
        }
        if (attempt == Attempt.PENDING) {
            return awaitAttempt(waiter);
        }
        if (UnixAddress.family(address) == AF_UNSPEC) {
            dissolve();
            return 0;
        }
        if (isConnected() || listens()) {
            return -EISCONN;
        }
        if (!InternetAddress.isLongEnough(address, domain())) {
            return -EINVAL;
        }
        InternetAddress to = name.destination(address);
        if (to == null) {
            return -EAFNOSUPPORT;
        }
        int error = network.checkReachable(false, to);
        if (error == 0) {
            hasChosenPort |= !name.isBound();
            error = name.autobind();
        }
        if (error < 0) {
            return error;
        }
        name.connectedFrom(to.loopback());
        int result = to.isLoopback() ? tryConnect(to) : -ECONNREFUSED;
        InetSocketAddress outside = result == -ECONNREFUSED ? network.target(false, to) : null;
        if (outside != null) {
            peerAddress = to;
            return startAttempt(waiter, () -> network.host().connect(this, outside));
        }
        if (!nonBlocking() && result != -EAGAIN) {
            return result;
        }
        if (result == -EAGAIN) {
            return startAttempt(waiter, () -> connectWhenThereIsRoom(Waiter.uninterruptible(), to));
        }
        endAttempt(result);
        return -EINPROGRESS;
    }

    /** Connecting to no address ends a connection; a port that was not asked for is given back. */
    private void dissolve() {
        disconnect();
        reset = false;
        peerAddress = null;
        name.disconnected();
        if (hasChosenPort) {
            hasChosenPort = false;
            name.release();
        }
    }

    /**
     * Connects if there is room.
     *
     * @return 0, -EAGAIN if the listener has too many connections already, -ECONNREFUSED
     */
    private int tryConnect(InternetAddress to) {
        InternetSocket found = network.tcpPorts().find(to, InternetSocket::listens);
        TcpSocket listener = (TcpSocket) found;
        Backlog backlog = listener == null ? null : listener.backlog();
        if (backlog == null) {
            return -ECONNREFUSED;
        }
        TcpSocket end = new TcpSocket(network, listener.domain(), 0);
        end.options.inherit(listener.options);
        end.protocolOptions.inherit(listener.protocolOptions);
        end.peerAddress = name.address();
        end.name.share(listener.name, to);
        boolean taken;
        synchronized (this) {
            taken = !closed && !isConnected() && backlog.offer(this, end);
            if (taken) {
                peerAddress = to;
            }
        }
        if (!taken) {
            end.name.release();
            return backlog.isClosed() ? -ECONNREFUSED : -EAGAIN;
        }
        listener.changed.wakeAll(FileOwner.POLL_IN);
        return 0;
    }

    /** Lets an attempt go on by itself; a socket that may wait waits for it. */
    private int startAttempt(Waiter waiter, IntSupplier rest) {
        attempt = Attempt.PENDING;
        network.background(() -> endAttempt(rest.getAsInt()));
        return nonBlocking() ? -EINPROGRESS : awaitAttempt(waiter);
    }

    private int connectWhenThereIsRoom(Waiter own, InternetAddress to) {
        while (true) {
            TcpSocket listener = (TcpSocket) network.tcpPorts().find(to, InternetSocket::listens);
            Backlog backlog = listener == null ? null : listener.backlog();
            if (backlog == null) {
                return -ECONNREFUSED;
            }
            backlog.roomy.add(own);
            changed.add(own);
            try {
                own.prepare();
                int result = closed ? -ECONNABORTED : tryConnect(to);
                if (result != -EAGAIN) {
                    return result;
                }
                own.park();
            } finally {
                backlog.roomy.remove(own);
                changed.remove(own);
            }
        }
    }

    private void endAttempt(int result) {
        synchronized (this) {
            if (result < 0) {
                setError(-result);
            }
            attempt = result < 0 ? Attempt.FAILED : Attempt.SUCCEEDED;
        }
        changed.wakeAll(FileOwner.POLL_OUT);
    }

    /** As on Linux, of TCP only: AF_UNIX obeys SO_RCVLOWAT in calls, but not in poll. */
    @Override
    boolean isReadable(ReceiveQueue queue) {
        int unreadable = isAtUrgent() && !options.is(SocketOptions.SO_OOBINLINE) ? 1 : 0;
        return queue.total() > unreadable
                && queue.total() - unreadable >= Math.min(options.receiveLow(), queue.capacity());
    }

    /** TCP has no bands. */
    @Override
    public int poll() {
        return super.poll() & ~POLLWRBAND;
    }

    private int awaitAttempt(Waiter waiter) {
        long deadline = options.sendDeadline();
        changed.add(waiter);
        try {
            while (true) {
                waiter.prepare();
                synchronized (this) {
                    if (attempt != Attempt.PENDING) {
                        boolean done = attempt != Attempt.FAILED;
                        attempt = Attempt.NONE;
                        return done ? 0 : -takeError();
                    }
                }
                if (waiter.interrupted()) {
                    return Deadline.interrupted(waiter, deadline);
                }
                if (!Deadline.park(waiter, deadline)) {
                    return -EINPROGRESS;
                }
            }
        } finally {
            changed.remove(waiter);
        }
    }

    // ---- the host's network ----

    /** The attempt is made through a channel, which is closed with the socket; false if that is closed already. */
    boolean attempts(Closeable channel) {
        synchronized (this) {
            attemptChannel = channel;
        }
        return !closed;
    }

    /** A channel is connected, and {@code end} stands for it; false if it is too late. */
    synchronized boolean joined(TcpSocket end) {
        attemptChannel = null;
        if (closed || isConnected()) {
            return false;
        }
        join(this, end);
        return true;
    }

    /** As a socket that stands for a connection from outside: connects to a port of the loopback, if there is room. */
    boolean connectFromOutside(InternetAddress from, int port) {
        InternetAddress to = InternetAddress.ANY_4.loopback().withPort(port);
        name.comesFrom(from.isV4() ? from : to.withPort(from.port()));
        return tryConnect(to) == 0;
    }

    // ---- data ----

    @Override
    long receiveUnconnected(SocketMessage message) {
        if (attempt == Attempt.PENDING) {
            return -EAGAIN;
        }
        return hasError() ? -takeError() : -ENOTCONN;
    }

    @Override
    int received() {
        return in() instanceof StreamQueue queue && !options.is(SocketOptions.SO_OOBINLINE)
                ? queue.beforeUrgent()
                : super.received();
    }

    @Override
    long sendUnconnected(Waiter waiter, SocketMessage message) {
        if (attempt == Attempt.PENDING) {
            return -EAGAIN;
        }
        return hasError() ? -takeError() : broken(waiter, message);
    }

    /**
     * What is sent to an end that neither receives nor sends any more is lost; the answer to it is a reset, which the next
     * call is told, also at the other end if it is still there.
     */
    @Override
    long refused(Waiter waiter, SocketMessage message) {
        if (!sendsNoMore() && !reset && message.length > 0) {
            if (peer() instanceof TcpSocket other && !other.closed) {
                other.reset();
            }
            reset = true;
            setError(EPIPE);
            changed.wakeAll();
            return message.length;
        }
        return broken(waiter, message);
    }

    @Override
    void reset() {
        reset = true;
        super.reset();
        changed.wakeAll();
    }

    @Override
    int errorOfAddress() {
        return 0;
    }

    @Override
    boolean passesFiles() {
        return false;
    }

    // ---- the end ----

    @Override
    public int shutdown(int how) {
        if (how < SHUT_RD || how > SHUT_RDWR) {
            return -EINVAL;
        }
        if (listens()) {
            if (how != SHUT_WR) {
                stopListening();
            }
            return 0;
        }
        if (!isEstablished()) {
            changed.wakeAll();
            return -ENOTCONN;
        }
        int result = super.shutdown(how);
        ReceiveQueue receiving = in();
        if (receivesNoMore() && sendsNoMore() && receiving != null) {
            receiving.refuse();
        }
        return result;
    }

    /** Whether there is a connection: it was not reset, and not ended by both. */
    private boolean isEstablished() {
        ReceiveQueue receiving = in();
        return receiving != null && !reset && !(sendsNoMore() && receiving.hasEnded());
    }

    /** The other end does not learn that this one throws away what comes, unless it does not send either. */
    @Override
    void stopReceiving(ReceiveQueue receiving) {
        receiving.readable.wakeAll();
    }

    @Override
    protected void closed() {
        Closeable channel;
        synchronized (this) {
            closed = true;
            channel = attemptChannel;
        }
        if (channel != null) {
            network.host().end(channel);
        }
        changed.wakeAll();
        super.closed();
        name.release();
    }

    // ---- readiness ----

    @Override
    int pollUnconnected() {
        return switch (attempt) {
            case PENDING -> 0;
            case FAILED -> POLLHUP | POLLRDHUP | POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM;
            default -> POLLHUP | POLLOUT | POLLWRNORM;
        };
    }

    @Override
    boolean outHasEnded(ReceiveQueue sending) {
        return reset;
    }

    @Override
    public Result<byte[]> option(int level, int number) {
        return level == SocketOptions.SOL_SOCKET
                ? super.option(level, number)
                : protocolOptions.get(level, number, isConnected());
    }

    @Override
    public int setOption(Credentials who, int level, int number, byte[] value) {
        return level == SocketOptions.SOL_SOCKET
                ? super.setOption(who, level, number, value)
                : protocolOptions.set(who, level, number, value, name.isBound());
    }
}
