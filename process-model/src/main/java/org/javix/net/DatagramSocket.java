package org.javix.net;

import static org.javix.vfs.Errno.*;
import static org.javix.vfs.PollEvents.*;

import java.util.function.Consumer;
import org.javix.vfs.Waiter;

/** A socket that receives messages from anyone. */
abstract class DatagramSocket extends SocketFile {
    final PacketQueue inbox;
    private volatile boolean receivesNoMore;
    private volatile boolean sendsNoMore;

    DatagramSocket(Network network, int domain, int type, int protocol, int flags) {
        super(network, domain, type, protocol, flags);
        inbox = new PacketQueue(options.receiveBuffer(), network.memory(), changed, null);
    }

    final boolean receivesNoMore() {
        return receivesNoMore;
    }

    final boolean sendsNoMore() {
        return sendsNoMore;
    }

    /** Whether files and credentials travel. */
    boolean passesFiles() {
        return false;
    }

    @Override
    public long receive(Waiter waiter, SocketMessage message) {
        if (message.has(SocketMessage.MSG_OOB)) {
            return -EOPNOTSUPP;
        }
        if (message.has(SocketMessage.MSG_ERRQUEUE)) {
            return -EAGAIN;
        }
        boolean asks = options.is(SocketOptions.SO_PASSCRED) && passesFiles();
        try (SocketWait wait = new SocketWait(waiter, changed, options::receiveDeadline)) {
            while (true) {
                wait.prepare();
                int error = takeError();
                if (error != 0) {
                    return -error;
                }
                long count = inbox.take(message, 0, asks);
                if (count >= 0) {
                    return count;
                }
                if (isNonBlocking(message)) {
                    return -EAGAIN;
                }
                if (receivesNoMore) {
                    return 0;
                }
                long result = wait.await(0);
                if (result != 0) {
                    return result;
                }
            }
        }
    }

    @Override
    public int shutdown(int how) {
        if (how < SHUT_RD || how > SHUT_RDWR) {
            return -EINVAL;
        }
        receivesNoMore |= how != SHUT_WR;
        sendsNoMore |= how != SHUT_RD;
        inbox.wakeSenders();
        changed.wakeAll();
        return 0;
    }

    /** Whether a message can be sent now. */
    boolean isWritable() {
        return true;
    }

    @Override
    int sent() {
        return 0;
    }

    @Override
    public int poll() {
        int events = hasError() ? POLLERR : 0;
        if (receivesNoMore) {
            events |= POLLRDHUP | POLLIN | POLLRDNORM | (sendsNoMore ? POLLHUP : 0);
        }
        if (!inbox.isEmpty()) {
            events |= POLLIN | POLLRDNORM;
        }
        return isWritable() ? events | POLLOUT | POLLWRNORM | POLLWRBAND : events;
    }

    @Override
    int received() {
        return inbox.available();
    }

    @Override
    void forEachReceivedSocket(Consumer<SocketFile> sink) {
        inbox.collect(sink);
    }

    @Override
    void discardReceived() {
        inbox.discard();
    }

    @Override
    protected void closed() {
        inbox.refuse();
        inbox.discard();
    }
}
