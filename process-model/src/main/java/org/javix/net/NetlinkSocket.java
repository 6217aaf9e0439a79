package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.javix.process.Process;
import org.javix.vfs.Credentials;
import org.javix.vfs.FsContext;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/**
 * A socket to the kernel's tables of network interfaces and their addresses, which {@code getifaddrs} reads. Nothing can
 * be changed, and nothing changes: it receives answers only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
 */
final class NetlinkSocket extends DatagramSocket {
    /** The only protocol that is here: NETLINK_ROUTE. */
    static final int ROUTE = 0;

    private static final int SOL_NETLINK = 270;
    private static final int ADDRESS_SIZE = 12;

    // Types of messages; those below 16 are netlink's own.
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int LEAST_TYPE = 16;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_GETADDR = 22;

    // Flags of messages.
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_MULTI = 2;
    private static final int NLM_F_ACK = 4;
    private static final int NLM_F_DUMP = 0x300;
    private static final int NLM_F_CAPPED = 0x100;

    /** Who the kernel is. */
    private static final byte[] KERNEL = address(0);

    // Its number among these sockets, 0 for none yet; written under this.
    private volatile int port;

    NetlinkSocket(Network network, int type, int flags) {
        super(network, AF_NETLINK, type, ROUTE, flags);
    }

    private static byte[] address(int port) {
        return SocketOptions.buffer(ADDRESS_SIZE).putShort((short) AF_NETLINK).putShort((short) 0).putInt(port).array();
    }

    @Override
    public synchronized int bind(FsContext context, byte[] address) {
        if (address.length < ADDRESS_SIZE || UnixAddress.family(address) != AF_NETLINK) {
            return -EINVAL;
        }
        int wanted = ByteBuffer.wrap(address).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        if (port != 0) {
            return wanted == port || wanted == 0 ? 0 : -EINVAL;
        }
        if (wanted == 0) {
            autobind(0);
        } else if (network.netlinkPorts().add(wanted)) {
            port = wanted;
        } else {
            return -EADDRINUSE;
        }
        return 0;
    }

    /** Takes a number that is free, the process's if that is. */
    private synchronized void autobind(int pid) {
        for (int wanted = pid == 0 ? -4096 : pid; port == 0; wanted = Math.min(wanted, -4096) - 1) {
            if (network.netlinkPorts().add(wanted)) {
                port = wanted;
            }
        }
    }

    @Override
    public int connect(FsContext context, Waiter waiter, byte[] address) {
        if (UnixAddress.family(address) == AF_UNSPEC) {
            return 0;
        }
        if (address.length < ADDRESS_SIZE || UnixAddress.family(address) != AF_NETLINK) {
            return -EINVAL;
        }
        autobind(pid(waiter));
        return 0;
    }

    private static int pid(Waiter waiter) {
        Process process = Process.of(waiter);
        return process == null ? 0 : process.pid();
    }

    @Override
    public long send(FsContext context, Waiter waiter, SocketMessage message) {
        if (message.has(SocketMessage.MSG_OOB)) {
            return -EOPNOTSUPP;
        }
        if (message.length > options.sendBuffer() - 32) {
            return -EMSGSIZE;
        }
        byte[] to = message.address();
        if (to != null && (to.length < ADDRESS_SIZE || UnixAddress.family(to) != AF_NETLINK)) {
            return -EINVAL;
        }
        if (to != null && ByteBuffer.wrap(to).getInt(4) != 0) {
            return -ECONNREFUSED;
        }
        autobind(pid(waiter));
        byte[] bytes = new byte[(int) message.length];
        MemorySegment.copy(message.buffer, ValueLayout.JAVA_BYTE, message.at, bytes, 0, bytes.length);
        ByteBuffer requests = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.length - at >= RouteMessage.HEADER) {
            int length = requests.getInt(at);
            if (length < RouteMessage.HEADER || length > bytes.length - at) {
                break;
            }
            answer(requests.slice(at, length).order(ByteOrder.LITTLE_ENDIAN));
            at += length + 3 & ~3;
        }
        return bytes.length;
    }

    private void answer(ByteBuffer request) {
        int type = request.getShort(4) & 0xffff;
        int flags = request.getShort(6) & 0xffff;
        int sequence = request.getInt(8);
        if ((flags & NLM_F_REQUEST) == 0) {
            return;
        }
        int error = switch (type) {
            case RTM_GETLINK, RTM_GETADDR -> answer(request, type, flags, sequence);
            default -> type < LEAST_TYPE ? 0 : -EOPNOTSUPP;
        };
        if (error < 0 || (flags & NLM_F_ACK) != 0 && (flags & NLM_F_DUMP) != NLM_F_DUMP) {
            RouteMessage told = new RouteMessage(NLMSG_ERROR, error == 0 ? NLM_F_CAPPED : 0, sequence, port);
            request.rewind();
            give(told.integer(error).bytes(error == 0 ? request.slice(0, RouteMessage.HEADER) : request));
        }
    }

    private int answer(ByteBuffer request, int type, int flags, int sequence) {
        boolean dump = (flags & NLM_F_DUMP) == NLM_F_DUMP;
        int family = request.limit() > RouteMessage.HEADER ? request.get(RouteMessage.HEADER) & 0xff : 0;
        int kind = dump ? NLM_F_MULTI : 0;
        if (type == RTM_GETLINK) {
            // A struct ifinfomsg has the index at 4.
            boolean whole = request.limit() >= RouteMessage.HEADER + 16;
            if (!dump && (!whole || request.getInt(RouteMessage.HEADER + 4) != NetworkInterface.INDEX)) {
                return whole ? -ENODEV : -EINVAL;
            }
            give(RouteMessage.link(kind, sequence, port));
        } else if (!dump) {
            return -EOPNOTSUPP;
        } else {
            give(Stream.of(AF_INET, AF_INET6)
                    .filter(each -> family == AF_UNSPEC || family == each)
                    .map(each -> RouteMessage.address(each, kind, sequence, port))
                    .toArray(RouteMessage[]::new));
        }
        if (dump) {
            give(new RouteMessage(NLMSG_DONE, NLM_F_MULTI, sequence, port).integer(0));
        }
        return 0;
    }

    /** Lets some messages, if there are any, be received as one packet. */
    private void give(RouteMessage... messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (RouteMessage message : messages) {
            message.writeTo(bytes);
        }
        SocketMessage packet = new SocketMessage(MemorySegment.ofArray(bytes.toByteArray()), 0, bytes.size(), 0);
        if (bytes.size() > 0
                && inbox.put(packet, KERNEL::clone, null, Integer.MAX_VALUE, options.receiveBuffer()) < 0) {
            setError(ENOBUFS);
            changed.wakeAll();
        }
    }

    @Override
    public int shutdown(int how) {
        return -EOPNOTSUPP;
    }

    @Override
    public byte[] localAddress() {
        return address(port);
    }

    @Override
    public Result<byte[]> peerAddress() {
        return Result.of(KERNEL.clone());
    }

    /** Its own options ask for more, or other, messages than come here. */
    @Override
    public int setOption(Credentials who, int level, int number, byte[] value) {
        return level != SOL_NETLINK ? super.setOption(who, level, number, value) : value.length < 4 ? -EINVAL : 0;
    }

    @Override
    protected void closed() {
        super.closed();
        network.netlinkPorts().remove(port);
    }
}
