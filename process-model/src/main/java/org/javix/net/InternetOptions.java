package org.javix.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.javix.vfs.Errno.*;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.javix.vfs.Credentials;
import org.javix.vfs.Result;

/**
 * Options of the protocols: numbers that are kept and told again, with Linux's defaults and bounds. Most change nothing
 * on a loopback. Thread-safe.
 */
final class InternetOptions {
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_TCP = 6;
    static final int IPPROTO_UDP = 17;
    static final int IPPROTO_IPV6 = 41;
    static final int TCP_NODELAY = 1;
    static final int IPV6_V6ONLY = 26;

    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_MULTICAST_ALL = 49;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_MULTICAST_ALL = 29;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_FREEBIND = 15;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_TCLASS = 67;
    private static final int IPV6_FREEBIND = 78;
    private static final int TCP_INFO = 11;
    private static final int TCP_CONGESTION = 13;
    private static final int CONGESTION_SIZE = 16;
    private static final Set<String> ALGORITHMS = Set.of("cubic", "reno");
    private static final int TCP_INFO_SIZE = 232;

    /** An option: its value at first, and the least and the greatest that it may be set to. */
    private record Kind(int initial, int least, int most) {
        static final Kind SWITCH = new Kind(0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        static final Kind NUMBER = new Kind(0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static final Map<Integer, Kind> TCP = Map.ofEntries(
            Map.entry(TCP_NODELAY, Kind.SWITCH),
            Map.entry(2, new Kind(536, 88, 32767)), // TCP_MAXSEG
            Map.entry(3, Kind.SWITCH), // TCP_CORK
            Map.entry(4, new Kind(7200, 1, 32767)), // TCP_KEEPIDLE
            Map.entry(5, new Kind(75, 1, 32767)), // TCP_KEEPINTVL
            Map.entry(6, new Kind(9, 1, 127)), // TCP_KEEPCNT
            Map.entry(7, new Kind(6, 1, 127)), // TCP_SYNCNT
            Map.entry(8, new Kind(60, Integer.MIN_VALUE, Integer.MAX_VALUE)), // TCP_LINGER2
            Map.entry(9, Kind.NUMBER), // TCP_DEFER_ACCEPT
            Map.entry(10, Kind.NUMBER), // TCP_WINDOW_CLAMP
            Map.entry(12, new Kind(1, Integer.MIN_VALUE, Integer.MAX_VALUE)), // TCP_QUICKACK
            Map.entry(18, new Kind(0, 0, Integer.MAX_VALUE)), // TCP_USER_TIMEOUT
            Map.entry(16, Kind.SWITCH), // TCP_THIN_LINEAR_TIMEOUTS
            Map.entry(17, Kind.SWITCH), // TCP_THIN_DUPACK
            Map.entry(23, Kind.NUMBER), // TCP_FASTOPEN
            Map.entry(25, Kind.NUMBER), // TCP_NOTSENT_LOWAT
            Map.entry(27, new Kind(0, 0, 2)), // TCP_SAVE_SYN
            Map.entry(30, Kind.SWITCH), // TCP_FASTOPEN_CONNECT
            Map.entry(34, Kind.SWITCH)); // TCP_FASTOPEN_NO_COOKIE

    private static final Map<Integer, Kind> IP = Map.ofEntries(
            Map.entry(IP_TOS, new Kind(0, 0, 255)),
            Map.entry(IP_TTL, new Kind(64, 1, 255)),
            Map.entry(6, Kind.SWITCH), // IP_RECVOPTS
            Map.entry(7, Kind.SWITCH), // IP_RETOPTS
            Map.entry(8, Kind.SWITCH), // IP_PKTINFO
            Map.entry(10, new Kind(1, 0, 5)), // IP_MTU_DISCOVER
            Map.entry(11, Kind.SWITCH), // IP_RECVERR
            Map.entry(12, Kind.SWITCH), // IP_RECVTTL
            Map.entry(13, Kind.SWITCH), // IP_RECVTOS
            Map.entry(IP_FREEBIND, Kind.SWITCH),
            Map.entry(18, Kind.SWITCH), // IP_PASSSEC
            Map.entry(21, new Kind(0, 0, 255)), // IP_MINTTL
            Map.entry(23, Kind.SWITCH), // IP_CHECKSUM
            Map.entry(24, Kind.SWITCH), // IP_BIND_ADDRESS_NO_PORT
            Map.entry(IP_MULTICAST_TTL, new Kind(1, 0, 255)),
            Map.entry(IP_MULTICAST_LOOP, new Kind(1, 0, 1)),
            Map.entry(IP_MULTICAST_ALL, new Kind(1, 0, 1)));

    private static final Map<Integer, Kind> IPV6 = Map.ofEntries(
            Map.entry(IPV6_UNICAST_HOPS, new Kind(64, -1, 255)),
            Map.entry(IPV6_MULTICAST_HOPS, new Kind(1, -1, 255)),
            Map.entry(IPV6_MULTICAST_LOOP, new Kind(1, 0, 1)),
            Map.entry(23, new Kind(1, 0, 5)), // IPV6_MTU_DISCOVER
            Map.entry(25, Kind.SWITCH), // IPV6_RECVERR
            Map.entry(IPV6_V6ONLY, Kind.SWITCH),
            Map.entry(IPV6_MULTICAST_ALL, new Kind(1, 0, 1)),
            Map.entry(49, Kind.SWITCH), // IPV6_RECVPKTINFO
            Map.entry(51, Kind.SWITCH), // IPV6_RECVHOPLIMIT
            Map.entry(66, Kind.SWITCH), // IPV6_RECVTCLASS
            Map.entry(IPV6_TCLASS, new Kind(0, -1, 255)),
            Map.entry(11, Kind.SWITCH), // IPV6_FLOWINFO
            Map.entry(53, Kind.SWITCH), // IPV6_RECVHOPOPTS
            Map.entry(56, Kind.SWITCH), // IPV6_RECVRTHDR
            Map.entry(58, Kind.SWITCH), // IPV6_RECVDSTOPTS
            Map.entry(60, Kind.SWITCH), // IPV6_RECVPATHMTU
            Map.entry(62, Kind.SWITCH), // IPV6_DONTFRAG
            Map.entry(70, new Kind(1, 0, 1)), // IPV6_AUTOFLOWLABEL
            Map.entry(73, new Kind(0, 0, 255)), // IPV6_MINHOPCOUNT
            Map.entry(IPV6_FREEBIND, Kind.SWITCH));

    private final int domain;
    private final boolean tcp;
    // By level and number.
    private final Map<Long, Integer> values = new ConcurrentHashMap<>(2);
    // The algorithm of TCP that was asked for.
    private volatile String congestion = "cubic";

    InternetOptions(int domain, boolean tcp) {
        this.domain = domain;
        this.tcp = tcp;
    }

    void inherit(InternetOptions from) {
        values.putAll(from.values);
        congestion = from.congestion;
    }

    boolean isV6Only() {
        return has(IPPROTO_IPV6, IPV6_V6ONLY);
    }

    /** Whether the socket may have an address of IPv4 or IPv6 that is not this machine's. */
    boolean bindsFreely(boolean fourth) {
        return has(IPPROTO_IP, IP_FREEBIND) || !fourth && has(IPPROTO_IPV6, IPV6_FREEBIND);
    }

    /** Whether what this socket sends to a group of IPv4 or IPv6 comes to sockets of this machine. */
    boolean loopsMulticast(boolean fourth) {
        return isOn(fourth ? IPPROTO_IP : IPPROTO_IPV6, fourth ? IP_MULTICAST_LOOP : IPV6_MULTICAST_LOOP);
    }

    /** Whether it receives what is sent to a group of IPv4 or IPv6 that only others have joined. */
    boolean takesAllMulticast(boolean fourth) {
        return isOn(fourth ? IPPROTO_IP : IPPROTO_IPV6, fourth ? IP_MULTICAST_ALL : IPV6_MULTICAST_ALL);
    }

    /** Of what is on at first. */
    private boolean isOn(int level, int option) {
        return values.getOrDefault(key(level, option), 1) != 0;
    }

    /** Whether a switch is on that is off at first. */
    boolean has(int level, int option) {
        return values.getOrDefault(key(level, option), 0) != 0;
    }

    /** How many hops a message to an address may take. */
    int hops(InternetAddress to) {
        boolean group = to.isMulticast();
        if (to.isV4()) {
            int option = group ? IP_MULTICAST_TTL : IP_TTL;
            return values.getOrDefault(key(IPPROTO_IP, option), IP.get(option).initial);
        }
        int option = group ? IPV6_MULTICAST_HOPS : IPV6_UNICAST_HOPS;
        int said = values.getOrDefault(key(IPPROTO_IPV6, option), -1);
        return said >= 0 ? said : IPV6.get(option).initial;
    }

    /** The type of service, or traffic class, of messages to an address. */
    int trafficClass(InternetAddress to) {
        int said = values.getOrDefault(to.isV4() ? key(IPPROTO_IP, IP_TOS) : key(IPPROTO_IPV6, IPV6_TCLASS), 0);
        return Math.max(said, 0);
    }

    private static long key(int level, int option) {
        return (long) level << 32 | option;
    }

    private Map<Integer, Kind> kinds(int level) {
        if (level == IPPROTO_TCP && tcp) {
            return TCP;
        }
        if (level == IPPROTO_IP) {
            return IP;
        }
        if (level == IPPROTO_IPV6 && domain == SocketFile.AF_INET6) {
            return IPV6;
        }
        return null;
    }

    Result<byte[]> get(int level, int option, boolean established) {
        Map<Integer, Kind> kinds = kinds(level);
        if (kinds == null) {
            return Result.failed(level == IPPROTO_UDP && !tcp ? -ENOPROTOOPT : -EOPNOTSUPP);
        }
        if (kinds == TCP && option == TCP_CONGESTION) {
            return Result.of(Arrays.copyOf(congestion.getBytes(ISO_8859_1), CONGESTION_SIZE));
        }
        if (kinds == TCP && option == TCP_INFO) {
            byte[] info = new byte[TCP_INFO_SIZE];
            info[0] = (byte) (established ? 1 : 7); // TCP_ESTABLISHED, TCP_CLOSE
            return Result.of(info);
        }
        Kind kind = kinds.get(option);
        return kind == null
                ? Result.failed(-ENOPROTOOPT)
                : Result.of(SocketOptions.integer(values.getOrDefault(key(level, option), kind.initial)));
    }

    /** @param bound whether the socket has an address already */
    int set(Credentials who, int level, int option, byte[] value, boolean bound) {
        Map<Integer, Kind> kinds = kinds(level);
        if (kinds == null) {
            return -ENOPROTOOPT;
        }
        Kind kind = kinds.get(option);
        if (kind == null) {
            return kinds == TCP && option == TCP_CONGESTION ? setCongestion(value) : -ENOPROTOOPT;
        }
        // The options of IP also come as a single byte.
        if (value.length < 4 && (level != IPPROTO_IP || value.length < 1)) {
            return -EINVAL;
        }
        int number = value.length < 4 ? value[0] & 0xff : SocketOptions.integer(value);
        if (number < kind.least || number > kind.most || option == IPV6_V6ONLY && kinds == IPV6 && bound) {
            return -EINVAL;
        }
        values.put(key(level, option), kind == Kind.SWITCH && number != 0 ? 1 : number);
        return 0;
    }

    private int setCongestion(byte[] value) {
        String name = new String(value, ISO_8859_1).split("\0", 2)[0];
        if (!ALGORITHMS.contains(name)) {
            return name.isEmpty() ? -EINVAL : -ENOENT;
        }
        congestion = name;
        return 0;
    }
}
