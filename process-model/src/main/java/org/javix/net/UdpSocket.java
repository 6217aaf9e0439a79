package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.javix.vfs.Credentials;
import org.javix.vfs.FsContext;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/**
 * A UDP socket on the sandbox's loopback, with a way to the host's network where that is allowed. Messages arrive in order; those for which the receiver has no room are lost.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/udp.7.html">udp(7)</a>
 */
final class UdpSocket extends DatagramSocket implements InternetSocket {
    /** The most bytes of a message over IPv4; over IPv6 a few more. */
    private static final int MAX_LENGTH = 65_507;

    private final InternetOptions protocolOptions;
    private final InternetName name;
    private final MulticastGroups groups;
    private volatile InternetAddress peer;
    // Guarded by this; null until something is sent to the host's network.
    private HostDatagrams datagrams;

    UdpSocket(Network network, int domain, int flags) {
        super(network, domain, SOCK_DGRAM, InternetOptions.IPPROTO_UDP, flags);
        protocolOptions = new InternetOptions(domain, false);
        groups = new MulticastGroups(network.members());
        name = new InternetName(this, domain, network.udpPorts(), protocolOptions);
    }

    @Override
    public boolean is(int option) {
        return options.is(option);
    }

    @Override
    public boolean isConnectedTo() {
        return peer != null;
    }

    @Override
    public boolean listens() {
        return false;
    }

    @Override
    public int bind(FsContext context, byte[] address) {
        return name.bind(context, address);
    }

    @Override
    public int connect(FsContext context, Waiter waiter, byte[] address) {
        if (address.length < UnixAddress.FAMILY_SIZE) {
            return -EINVAL;
        }
        if (UnixAddress.family(address) == AF_UNSPEC) {
            peer = null;
            name.disconnected();
            return 0;
        }
        Result<InternetAddress> to = destination(address);
        int error = to.isFailure() ? to.error() : name.autobind();
        if (error < 0) {
            return error;
        }
        name.connectedFrom(to.value().loopback());
        peer = to.value();
        return 0;
    }

    private Result<InternetAddress> destination(byte[] address) {
        if (!InternetAddress.isLongEnough(address, domain())
                && !(UnixAddress.family(address) == AF_INET && InternetAddress.isLongEnough(address, AF_INET))) {
            return Result.failed(-EINVAL);
        }
        InternetAddress to = name.destination(address);
        if (to == null) {
            return Result.failed(-EAFNOSUPPORT);
        }
        if (to.isBroadcast() && !options.is(SocketOptions.SO_BROADCAST)) {
            return Result.failed(-EACCES);
        }
        int error = network.checkReachable(true, to);
        return error < 0 ? Result.failed(error) : Result.of(to);
    }

    @Override
    public long send(FsContext context, Waiter waiter, SocketMessage message) {
        if (message.length > MAX_LENGTH) {
            return -EMSGSIZE;
        }
        if (message.has(SocketMessage.MSG_OOB)) {
            return -EOPNOTSUPP;
        }
        int error = name.autobind();
        if (error < 0) {
            return error;
        }
        InternetAddress to = peer;
        if (message.address() != null) {
            Result<InternetAddress> given = destination(message.address());
            if (given.isFailure()) {
                return given.error();
            }
            to = given.value();
            if (to.port() == 0) {
                return -EINVAL;
            }
        }
        if (to == null) {
            return -EDESTADDRREQ;
        }
        if (hasError()) {
            return -takeError();
        }
        if (sendsNoMore()) {
            return broken(waiter, message);
        }
        return deliver(message, to);
    }

    private long deliver(SocketMessage message, InternetAddress to) {
        InternetAddress own = name.address();
        InternetAddress from = own.isAny() || own.isMulticast() ? to.loopback().withPort(own.port()) : own;
        message.setArrival(arrival(to));
        if (to.isMulticast()) {
            deliverToGroup(message, from, to);
            return message.length;
        }
        UdpSocket receiver = !to.isLoopback() ? null : (UdpSocket) network.udpPorts().find(to, socket -> ((UdpSocket) socket).admits(from));
        InetSocketAddress outside = receiver == null ? network.target(true, to) : null;
        if (outside != null) {
            return sendOutside(message, to, outside);
        }
        if (receiver == null) {
            // What ICMP tells a connected socket.
            if (peer != null) {
                setError(ECONNREFUSED);
                changed.wakeAll();
            }
            return message.length;
        }
        receiver.take(message, from);
        return message.length;
    }

    private Arrival arrival(InternetAddress to) {
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        return new Arrival(to, protocolOptions.hops(to), protocolOptions.trafficClass(to), micros);
    }

    @Override
    public long receive(Waiter waiter, SocketMessage message) {
        long count = super.receive(waiter, message);
        if (count >= 0 && message.arrival() != null) {
            message.setControl(message.arrival().told(domain(), options, protocolOptions));
        }
        return count;
    }

    private void deliverToGroup(SocketMessage message, InternetAddress from, InternetAddress to) {
        // What goes out by the loopback comes back by it, whether or not it is wanted.
        if (protocolOptions.loopsMulticast(to.isV4()) || groups.sendByLoopback(to.isV4())) {
            for (InternetSocket each : network.udpPorts().all(to)) {
                UdpSocket receiver = (UdpSocket) each;
                if (receiver.groups.hears(to, from, receiver.protocolOptions.takesAllMulticast(to.isV4()))) {
                    receiver.take(message, from);
                }
            }
        }
    }

    private void take(SocketMessage message, InternetAddress from) {
        if (!receivesNoMore() && admits(from)) {
            byte[] sender = name.bytes(from);
            inbox.put(message, () -> sender, null, Integer.MAX_VALUE, options.receiveBuffer());
        }
    }

    private long sendOutside(SocketMessage message, InternetAddress to, InetSocketAddress outside) {
        byte[] bytes = new byte[(int) message.length];
        MemorySegment.copy(message.buffer, ValueLayout.JAVA_BYTE, message.at, bytes, 0, bytes.length);
        HostDatagrams way;
        try {
            synchronized (this) {
                if (datagrams == null && network.host().isFull()) {
                    return -ENFILE;
                }
                if (datagrams == null) {
                    datagrams = new HostDatagrams(network.host(), this::takeFromOutside);
                }
                way = datagrams;
            }
        } catch (IOException e) {
            return -ENETUNREACH;
        }
        return way.send(to, outside, ByteBuffer.wrap(bytes));
    }

    private void takeFromOutside(InternetAddress from, ByteBuffer message) {
        take(new SocketMessage(MemorySegment.ofArray(message.array()), 0, message.limit(), 0), from);
    }

    private boolean admits(InternetAddress from) {
        InternetAddress only = peer;
        return only == null || only.hasAddressOf(from) && only.port() == from.port();
    }

    @Override
    public int shutdown(int how) {
        int result = super.shutdown(how);
        return result == 0 && peer == null ? -ENOTCONN : result;
    }

    @Override
    public byte[] localAddress() {
        return name.bytes();
    }

    @Override
    public Result<byte[]> peerAddress() {
        InternetAddress to = peer;
        return to == null ? Result.failed(-ENOTCONN) : Result.of(name.bytes(to));
    }

    @Override
    protected void closed() {
        super.closed();
        name.release();
        groups.clear();
        HostDatagrams way;
        synchronized (this) {
            way = datagrams;
        }
        if (way != null) {
            way.close();
        }
    }

    @Override
    public Result<byte[]> option(int level, int number) {
        if (level == SocketOptions.SOL_SOCKET) {
            return super.option(level, number);
        }
        return MulticastGroups.isOption(level, number)
                ? SocketOptions.result(groups.get(level, number))
                : protocolOptions.get(level, number, false);
    }

    @Override
    public int setOption(Credentials who, int level, int number, byte[] value) {
        if (level == SocketOptions.SOL_SOCKET) {
            return super.setOption(who, level, number, value);
        }
        return MulticastGroups.isOption(level, number)
                ? groups.set(level, number, value)
                : protocolOptions.set(who, level, number, value, name.isBound());
    }
}
