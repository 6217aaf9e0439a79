package org.javix.net;

import static org.javix.net.SocketFile.*;
import static org.javix.vfs.Errno.*;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.javix.vfs.Credentials;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/**
 * The sockets of one sandbox: the names they are bound to, the memory of their buffers, the files that travel through
 * them, and the way to the host's network if there is one. Two sandboxes share nothing of it. Thread-safe.
 */
public final class Network implements AutoCloseable {
    /** The device number that {@code fstat} tells of sockets. */
    static final long DEVICE = 8;

    /** As many protocols have numbers. */
    private static final int PROTOCOLS = 256;

    /** The highest type that there is a number for. */
    private static final int MAX_TYPE = 10;

    /** Two sockets that are connected to each other. */
    public record Pair(SocketFile one, SocketFile other) {}

    private final AtomicLong numbers = new AtomicLong();
    private final BufferMemory memory = new BufferMemory();
    private final UnixNames unixNames = new UnixNames();
    private final InternetPorts tcpPorts = new InternetPorts(true);
    private final InternetPorts udpPorts = new InternetPorts(false);
    // The numbers that netlink sockets have.
    private final Set<Integer> netlinkPorts = ConcurrentHashMap.newKeySet(1);
    private final MulticastGroups.Members members = new MulticastGroups.Members();
    private final InFlight inFlight;
    private volatile HostNetwork host;

    /** @param filesInFlight how many files may be sent and not received at once */
    public Network(int filesInFlight) {
        inFlight = new InFlight(filesInFlight);
    }

    /** What {@code /proc/sys/net} tells, by the path below it. */
    public static Map<String, String> settings() {
        return Map.of(
                "core/somaxconn", Integer.toString(Backlog.MOST),
                "ipv4/ip_local_port_range", InternetPorts.FIRST_EPHEMERAL + "\t" + InternetPorts.LAST_EPHEMERAL,
                "ipv4/ip_unprivileged_port_start", Integer.toString(InternetPorts.FIRST_UNPRIVILEGED));
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    BufferMemory memory() {
        return memory;
    }

    UnixNames unixNames() {
        return unixNames;
    }

    InternetPorts tcpPorts() {
        return tcpPorts;
    }

    InternetPorts udpPorts() {
        return udpPorts;
    }

    Set<Integer> netlinkPorts() {
        return netlinkPorts;
    }

    MulticastGroups.Members members() {
        return members;
    }

    /**
     * Opens the host's network to the sandbox, as far as that is allowed.
     *
     * @throws IOException if a port of the host cannot be had
     */
    public void open(NetworkAccess access) throws IOException {
        if (!access.isNone()) {
            host = new HostNetwork(this, access);
        }
    }

    /** Where the host listens for the sandbox, in the order of the rules. */
    public List<InetSocketAddress> publishedPorts() {
        HostNetwork outside = host;
        return outside == null ? List.of() : outside.published();
    }

    /** Cuts all connections with the host's network. */
    @Override
    public void close() {
        HostNetwork outside = host;
        if (outside != null) {
            outside.close();
        }
    }

    /** How many threads serve connections with the host's network. */
    int hostThreads() {
        HostNetwork outside = host;
        return outside == null ? 0 : outside.threads();
    }

    /** The way out; null if there is none. */
    HostNetwork host() {
        return host;
    }

    /** Where on the host's network an address leads; null for nowhere. */
    InetSocketAddress target(boolean udp, InternetAddress to) {
        HostNetwork outside = host;
        return outside == null ? null : outside.target(udp, to);
    }

    /** Whether there is a way to an address: 0, -ENETUNREACH where no address is allowed, -EACCES where others are. */
    int checkReachable(boolean udp, InternetAddress to) {
        if (to.isLoopback() || udp && to.isMulticast() || target(udp, to) != null) {
            return 0;
        }
        return host == null ? -ENETUNREACH : -EACCES;
    }

    /** Runs what goes on without the program that began it, on a thread of its own. */
    void background(Runnable task) {
        Thread.ofVirtual().name("javix-net").start(task);
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** How many bytes the buffers of all sockets take. */
    public long bufferedBytes() {
        return memory.used();
    }

    /** How many files were sent and not received. */
    public int filesInFlight() {
        return inFlight.total();
    }

    /**
     * {@code socket}.
     *
     * @param who makes it: raw sockets take the superuser
     * @param flags O_NONBLOCK or 0
     * @return the socket with one reference, -EAFNOSUPPORT, -EINVAL, -EPROTONOSUPPORT, -ESOCKTNOSUPPORT
     */
    public Result<SocketFile> socket(Credentials who, int domain, int type, int protocol, int flags) {
        if (type < 0 || type > MAX_TYPE) {
            return Result.failed(-EINVAL);
        }
        return switch (domain) {
            case AF_UNIX -> unixSocket(type, protocol, flags);
            case AF_INET, AF_INET6 -> internetSocket(who, domain, type, protocol, flags);
            case AF_NETLINK -> netlinkSocket(type, protocol, flags);
            default -> Result.failed(-EAFNOSUPPORT);
        };
    }

    private Result<SocketFile> internetSocket(Credentials who, int domain, int type, int protocol, int flags) {
        if (protocol < 0 || protocol >= PROTOCOLS) {
            return Result.failed(-EINVAL);
        }
        int own = type == SOCK_STREAM ? InternetOptions.IPPROTO_TCP : InternetOptions.IPPROTO_UDP;
        if (type == SOCK_RAW && !who.isRoot()) {
            return Result.failed(-EPERM);
        }
        if (type != SOCK_STREAM && type != SOCK_DGRAM) {
            return Result.failed(-ESOCKTNOSUPPORT);
        }
        if (protocol != 0 && protocol != own) {
            return Result.failed(-EPROTONOSUPPORT);
        }
        return Result.of(
                type == SOCK_STREAM ? new TcpSocket(this, domain, flags) : new UdpSocket(this, domain, flags));
    }

    private Result<SocketFile> netlinkSocket(int type, int protocol, int flags) {
        if (type != SOCK_RAW && type != SOCK_DGRAM) {
            return Result.failed(-ESOCKTNOSUPPORT);
        }
        return protocol == NetlinkSocket.ROUTE
                ? Result.of(new NetlinkSocket(this, type, flags))
                : Result.failed(-EPROTONOSUPPORT);
    }

    private Result<SocketFile> unixSocket(int type, int protocol, int flags) {
        if (protocol != 0 && protocol != AF_UNIX) {
            return Result.failed(-EPROTONOSUPPORT);
        }
        return switch (type) {
            case SOCK_STREAM, SOCK_SEQPACKET -> Result.of(new UnixConnectionSocket(this, type, flags));
            case SOCK_DGRAM, SOCK_RAW -> Result.of(new UnixDatagramSocket(this, flags));
            default -> Result.failed(-ESOCKTNOSUPPORT);
        };
    }

    /** {@code socketpair}: as {@link #socket}, and -EOPNOTSUPP for families that have no pairs. */
    public Result<Pair> pair(
            Waiter waiter, Credentials who, int domain, int type, int protocol, int flags) {
        Result<SocketFile> first = socket(who, domain, type, protocol, flags);
        if (first.isFailure()) {
            return Result.failed(first.error());
        }
        if (domain != AF_UNIX) {
            first.value().release();
            return Result.failed(-EOPNOTSUPP);
        }
        Pair pair = new Pair(first.value(), socket(who, domain, type, protocol, flags).value());
        if (pair.one instanceof UnixConnectionSocket one && pair.other instanceof UnixConnectionSocket other) {
            UnixConnectionSocket.pair(waiter, one, other);
        } else if (pair.one instanceof UnixDatagramSocket one && pair.other instanceof UnixDatagramSocket other) {
            UnixDatagramSocket.pair(waiter, one, other);
        }
        return Result.of(pair);
    }
}
