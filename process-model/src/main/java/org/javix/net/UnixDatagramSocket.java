package org.javix.net;

import static org.javix.vfs.Errno.*;

import org.javix.vfs.FsContext;
import org.javix.vfs.Result;
import org.javix.vfs.Wakeable;
import org.javix.vfs.Waiter;

/**
 * A Unix-domain socket of type SOCK_DGRAM. Messages arrive, in order; a sender waits while the receiver has too many.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
final class UnixDatagramSocket extends DatagramSocket {
    /** How many messages of others may be waiting before one more: {@code net.unix.max_dgram_qlen}. */
    private static final int MOST_PACKETS = 10;

    // Written under this.
    private volatile UnixNames.Binding binding;
    private volatile UnixDatagramSocket peer;
    private volatile SocketCredentials peerCredentials = SocketCredentials.NONE;
    // Tells who polls this socket that the peer has room again.
    private final Wakeable relay = changed::wakeAll;

    UnixDatagramSocket(Network network, int flags) {
        super(network, AF_UNIX, SOCK_DGRAM, 0, flags);
        inbox.setMost(MOST_PACKETS);
    }

    /** Connects two sockets without names: {@code socketpair}. */
    static void pair(Waiter waiter, UnixDatagramSocket one, UnixDatagramSocket other) {
        one.peerCredentials = SocketCredentials.effective(waiter);
        other.peerCredentials = one.peerCredentials;
        one.setPeer(other);
        other.setPeer(one);
    }

    private synchronized void setPeer(UnixDatagramSocket to) {
        if (peer != null) {
            peer.inbox.roomy.remove(relay);
        }
        peer = to;
        if (to != null) {
            to.inbox.roomy.add(relay);
        }
        changed.wakeAll();
    }

    @Override
    public synchronized int bind(FsContext context, byte[] address) {
        if (binding != null) {
            return network.unixNames().bindAgain(context, address);
        }
        Result<UnixNames.Binding> bound = network.unixNames().bind(context, this, address);
        if (bound.isFailure()) {
            return bound.error();
        }
        binding = bound.value();
        return 0;
    }

    @Override
    public int connect(FsContext context, Waiter waiter, byte[] address) {
        if (UnixAddress.family(address) == AF_UNSPEC) {
            setPeer(null);
            return 0;
        }
        Result<SocketFile> found = network.unixNames().find(context, address, SOCK_DGRAM);
        if (found.isFailure()) {
            return found.error();
        }
        UnixDatagramSocket to = (UnixDatagramSocket) found.value();
        if (!to.admits(this)) {
            return -EPERM;
        }
        setPeer(to);
        return 0;
    }

    /** A socket that is connected receives from its peer only. */
    private boolean admits(UnixDatagramSocket sender) {
        UnixDatagramSocket own = peer;
        return own == null || own == sender;
    }

    @Override
    public long send(FsContext context, Waiter waiter, SocketMessage message) {
        if (message.has(SocketMessage.MSG_OOB)) {
            return -EOPNOTSUPP;
        }
        UnixDatagramSocket to = peer;
        if (message.address() != null) {
            Result<SocketFile> found = network.unixNames().find(context, message.address(), SOCK_DGRAM);
            if (found.isFailure()) {
                return found.error();
            }
            to = (UnixDatagramSocket) found.value();
        }
        if (to == null) {
            return -ENOTCONN;
        }
        if (message.length > options.sendBuffer() - 32) {
            return -EMSGSIZE;
        }
        if (hasError()) {
            return -takeError();
        }
        boolean asked = options.is(SocketOptions.SO_PASSCRED) || to.options.is(SocketOptions.SO_PASSCRED);
        Result<Ancillary> ancillary = ancillary(waiter, message, asked);
        if (ancillary.isFailure()) {
            return ancillary.error();
        }
        long result = sendsNoMore() ? -EPIPE : send(waiter, message, to, ancillary.value());
        if (result < 0 && ancillary.value() != null) {
            ancillary.value().discard();
        }
        return result;
    }

    private long send(Waiter waiter, SocketMessage message, UnixDatagramSocket to, Ancillary ancillary) {
        try (SocketWait wait = new SocketWait(waiter, to.inbox.roomy, options::sendDeadline)) {
            while (true) {
                wait.prepare();
                if (to.inbox.isRefused()) {
                    if (to == peer) {
                        setPeer(null);
                    }
                    return -ECONNREFUSED;
                }
                if (!to.admits(this)) {
                    return -EPERM;
                }
                if (to.receivesNoMore() || sendsNoMore()) {
                    return -EPIPE;
                }
                int count = to.inbox.put(message, this::name, ancillary, mostPackets(to), options.sendBuffer());
                if (count >= 0) {
                    return count;
                }
                if (count == ReceiveQueue.NO_MEMORY) {
                    return -ENOBUFS;
                }
                if (isNonBlocking(message)) {
                    return -EAGAIN;
                }
                long result = wait.await(0);
                if (result != 0) {
                    return result;
                }
            }
        }
    }

    /** What receivers are told: the name it has by then. */
    private byte[] name() {
        UnixNames.Binding bound = binding;
        return bound == null ? null : bound.address();
    }

    /** Two sockets that are connected to each other are limited by the size of messages only. */
    private int mostPackets(UnixDatagramSocket to) {
        return to.peer == this ? Integer.MAX_VALUE : MOST_PACKETS;
    }

    @Override
    boolean isWritable() {
        UnixDatagramSocket to = peer;
        if (to == null || to.inbox.isRefused()) {
            return true;
        }
        return to.inbox.isWritable() && (to.peer == this || !to.inbox.isCrowded());
    }

    @Override
    public byte[] localAddress() {
        UnixNames.Binding bound = binding;
        return bound == null ? UnixAddress.UNNAMED : bound.address();
    }

    @Override
    public Result<byte[]> peerAddress() {
        UnixDatagramSocket to = peer;
        return to == null ? Result.failed(-ENOTCONN) : Result.of(to.localAddress());
    }

    @Override
    SocketCredentials peerCredentials() {
        return peerCredentials;
    }

    @Override
    boolean passesFiles() {
        return true;
    }

    @Override
    int sent() {
        UnixDatagramSocket to = peer;
        return to == null ? 0 : to.inbox.used();
    }

    @Override
    protected void closed() {
        super.closed();
        UnixNames.Binding bound = binding;
        if (bound != null) {
            network.unixNames().unbind(this, bound);
        }
        setPeer(null);
    }
}
