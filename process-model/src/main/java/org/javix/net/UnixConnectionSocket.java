package org.javix.net;

import static org.javix.vfs.Errno.*;

import org.javix.process.Deadline;
import org.javix.vfs.FileOwner;
import org.javix.vfs.FsContext;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/**
 * A Unix-domain socket of type SOCK_STREAM or SOCK_SEQPACKET.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
final class UnixConnectionSocket extends ConnectionSocket {
    // Set once, under this. An accepted socket has its listener's name and no binding of its own.
    private volatile UnixNames.Binding binding;
    private volatile byte[] name = UnixAddress.UNNAMED;
    // Who listens or has connected; what the other end is told by SO_PEERCRED.
    private volatile SocketCredentials owner = SocketCredentials.NONE;
    private volatile SocketCredentials peerCredentials = SocketCredentials.NONE;

    UnixConnectionSocket(Network network, int type, int flags) {
        super(network, AF_UNIX, type, 0, flags);
    }

    /** Connects two sockets without names: {@code socketpair}. */
    static void pair(Waiter waiter, UnixConnectionSocket one, UnixConnectionSocket other) {
        SocketCredentials maker = SocketCredentials.effective(waiter);
        one.peerCredentials = maker;
        other.peerCredentials = maker;
        join(one, other);
    }

    @Override
    public int bind(FsContext context, byte[] address) {
        synchronized (this) {
            if (binding != null) {
                return network.unixNames().bindAgain(context, address);
            }
            Result<UnixNames.Binding> bound = network.unixNames().bind(context, this, address);
            if (bound.isFailure()) {
                return bound.error();
            }
            binding = bound.value();
            name = binding.address();
            return 0;
        }
    }

    @Override
    public int listen(Waiter waiter, int limit) {
        if (binding == null || isConnected()) {
            return -EINVAL;
        }
        owner = SocketCredentials.effective(waiter);
        startListening(limit);
        return 0;
    }

    @Override
    public int connect(FsContext context, Waiter waiter, byte[] address) {
        long deadline = options.sendDeadline();
        while (true) {
            Result<SocketFile> found = network.unixNames().find(context, address, type());
            if (found.isFailure()) {
                return found.error();
            }
            UnixConnectionSocket listener = (UnixConnectionSocket) found.value();
            Backlog backlog = listener.backlog();
            if (backlog == null || listener.receivesNoMore()) {
                return -ECONNREFUSED;
            }
            if (isConnected()) {
                return -EISCONN;
            }
            if (listens()) {
                return -EINVAL;
            }
            int result = connect(listener, backlog, waiter);
            if (result != -EAGAIN || nonBlocking()) {
                return result;
            }
            result = awaitRoom(listener, backlog, waiter, deadline);
            if (result < 0) {
                return result;
            }
        }
    }

    private int connect(UnixConnectionSocket listener, Backlog backlog, Waiter waiter) {
        UnixConnectionSocket end = new UnixConnectionSocket(network, type(), 0);
        end.options.inherit(listener.options);
        end.name = listener.name;
        synchronized (this) {
            if (isConnected()) {
                return -EISCONN;
            }
            end.peerCredentials = SocketCredentials.effective(waiter);
            if (!backlog.offer(this, end)) {
                return backlog.isClosed() ? -ECONNREFUSED : -EAGAIN;
            }
            peerCredentials = listener.owner;
        }
        listener.changed.wakeAll(FileOwner.POLL_IN);
        return 0;
    }

    private static int awaitRoom(UnixConnectionSocket listener, Backlog backlog, Waiter waiter, long deadline) {
        backlog.roomy.add(waiter);
        try {
            waiter.prepare();
            if (!backlog.isFull() || listener.receivesNoMore()) {
                return 0;
            }
            if (waiter.interrupted()) {
                return Deadline.interrupted(waiter, deadline);
            }
            return Deadline.park(waiter, deadline) ? 0 : -EAGAIN;
        } finally {
            backlog.roomy.remove(waiter);
        }
    }

    @Override
    public byte[] localAddress() {
        return name;
    }

    @Override
    public Result<byte[]> peerAddress() {
        return peer() == null ? Result.failed(-ENOTCONN) : Result.of(peer().localAddress());
    }

    @Override
    SocketCredentials peerCredentials() {
        return listens() ? owner : peerCredentials;
    }

    @Override
    long receiveUnconnected(SocketMessage message) {
        return type() == SOCK_STREAM ? -EINVAL : -ENOTCONN;
    }

    @Override
    public long receive(Waiter waiter, SocketMessage message) {
        long count = super.receive(waiter, message);
        if (count > 0 && name(message) != null) {
            message.setAddress(name(message));
        }
        return count;
    }

    private byte[] name(SocketMessage message) {
        byte[] address = peer().localAddress();
        return address == UnixAddress.UNNAMED ? null : address;
    }

    @Override
    public long send(FsContext context, Waiter waiter, SocketMessage message) {
        boolean mayBeUrgent = type() == SOCK_STREAM && message.length > 0;
        return message.has(SocketMessage.MSG_OOB) && !mayBeUrgent ? -EOPNOTSUPP : super.send(context, waiter, message);
    }

    @Override
    int received() {
        return in() instanceof StreamQueue queue && !listens() ? queue.received() : super.received();
    }

    @Override
    long sendUnconnected(Waiter waiter, SocketMessage message) {
        return message.address() != null && type() == SOCK_STREAM ? -EOPNOTSUPP : -ENOTCONN;
    }

    @Override
    int errorOfAddress() {
        return type() == SOCK_STREAM ? -EISCONN : 0;
    }

    @Override
    boolean passesFiles() {
        return true;
    }

    @Override
    boolean raisesSignal() {
        return type() == SOCK_STREAM;
    }

    @Override
    protected void closed() {
        super.closed();
        UnixNames.Binding bound = binding;
        if (bound != null) {
            network.unixNames().unbind(this, bound);
        }
    }
}
