package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups that a UDP socket has joined, of IPv4 and IPv6, some of them for what certain senders send only. There is one
 * interface, the loopback. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>
 */
final class MulticastGroups {
    /** How many sockets of a sandbox are in each group. Thread-safe. */
    static final class Members {
        private final Map<InternetAddress, Integer> counts = new ConcurrentHashMap<>(2);

        boolean has(InternetAddress group) {
            return counts.containsKey(group);
        }

        private void add(InternetAddress group) {
            counts.merge(group, 1, Integer::sum);
        }

        private void remove(InternetAddress group) {
            counts.computeIfPresent(group, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    // Options; those of IPv6 have other numbers.
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_DROP_MEMBERSHIP = 36;
    private static final int IP_ADD_SOURCE_MEMBERSHIP = 39;
    private static final int IP_DROP_SOURCE_MEMBERSHIP = 40;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_ADD_MEMBERSHIP = 20;
    private static final int IPV6_DROP_MEMBERSHIP = 21;
    private static final int MCAST_JOIN_GROUP = 42;
    private static final int MCAST_LEAVE_GROUP = 45;
    private static final int MCAST_JOIN_SOURCE_GROUP = 46;
    private static final int MCAST_LEAVE_SOURCE_GROUP = 47;

    /** How many groups a socket may be in: {@code net.ipv4.igmp_max_memberships}, and what a socket's memory has room for. */
    private static final int MOST_FOURTH = 20;

    private static final int MOST_SIXTH = 512;
    /** How many senders may be named for a group: {@code net.ipv4.igmp_max_msf}, {@code net.ipv6.mld_max_msf}. */
    private static final int MOST_SOURCES_FOURTH = 10;

    private static final int MOST_SOURCES_SIXTH = 64;

    /** A {@code struct sockaddr_storage}. */
    private static final int STORAGE = 128;

    private final Members members;
    // Guarded by this: groups, and who may send to them here, or null for everybody.
    private final Map<InternetAddress, Set<InternetAddress>> joined = new HashMap<>(2);
    // Where it sends from, as it was said, for IPv4 and IPv6.
    private byte[] outgoing = new byte[4];
    private int outgoingIndex;

    MulticastGroups(Members members) {
        this.members = members;
    }

    /** Whether an option is one of these. */
    static boolean isOption(int level, int option) {
        boolean shared = option == MCAST_JOIN_GROUP || option >= MCAST_LEAVE_GROUP && option <= MCAST_LEAVE_SOURCE_GROUP;
        return switch (level) {
            case InternetOptions.IPPROTO_IP -> shared
                    || option == IP_MULTICAST_IF
                    || option == IP_ADD_MEMBERSHIP
                    || option == IP_DROP_MEMBERSHIP
                    || option == IP_ADD_SOURCE_MEMBERSHIP
                    || option == IP_DROP_SOURCE_MEMBERSHIP;
            case InternetOptions.IPPROTO_IPV6 -> shared
                    || option == IPV6_MULTICAST_IF
                    || option == IPV6_ADD_MEMBERSHIP
                    || option == IPV6_DROP_MEMBERSHIP;
            default -> false;
        };
    }

    /** The value of an option; null for one that can only be set. */
    synchronized byte[] get(int level, int option) {
        if (level == InternetOptions.IPPROTO_IP) {
            return option == IP_MULTICAST_IF ? outgoing.clone() : null;
        }
        return option == IPV6_MULTICAST_IF ? SocketOptions.integer(outgoingIndex) : null;
    }

    /** Sets an option: 0, -EADDRINUSE, -EADDRNOTAVAIL, -EINVAL, -ENOBUFS (more than a socket may have), -ENODEV. */
    int set(int level, int option, byte[] value) {
        return switch (option) {
            case MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP ->
                    setByRequest(level, option, value);
            default -> level == InternetOptions.IPPROTO_IP ? setFourth(option, value) : setSixth(option, value);
        };
    }

    /** The options of both: an index of an interface and one or two {@code struct sockaddr_storage}. */
    private int setByRequest(int level, int option, byte[] value) {
        boolean hasSource = option == MCAST_JOIN_SOURCE_GROUP || option == MCAST_LEAVE_SOURCE_GROUP;
        if (value.length < 4 + (hasSource ? 2 * STORAGE : STORAGE)) {
            return -EINVAL;
        }
        int family = level == InternetOptions.IPPROTO_IP ? SocketFile.AF_INET : SocketFile.AF_INET6;
        byte[] group = Arrays.copyOfRange(value, 4, 4 + STORAGE);
        byte[] source = hasSource ? Arrays.copyOfRange(value, 4 + STORAGE, 4 + 2 * STORAGE) : null;
        if (UnixAddress.family(group) != family || source != null && UnixAddress.family(source) != family) {
            return source == null ? -EINVAL : -EADDRNOTAVAIL;
        }
        boolean join = option == MCAST_JOIN_GROUP || option == MCAST_JOIN_SOURCE_GROUP;
        return change(join, bare(group), source == null ? null : bare(source), isInterface(integer(value, 0)));
    }

    /** The addresses of these options are IPv4's: group, interface, and an index or a source. */
    private int setFourth(int option, byte[] value) {
        boolean hasSource = option == IP_ADD_SOURCE_MEMBERSHIP || option == IP_DROP_SOURCE_MEMBERSHIP;
        if (value.length < (option == IP_MULTICAST_IF ? 4 : hasSource ? 12 : 8)) {
            return -EINVAL;
        }
        // A shorter value of IP_MULTICAST_IF is the address of an interface alone.
        int place = value.length < 8 ? 0 : 4;
        InternetAddress own = fourth(value, place);
        int index = !hasSource && value.length >= 12 ? integer(value, 8) : 0;
        boolean there = isInterface(index) && (index != 0 || own.isAny() || own.isLoopback());
        if (option == IP_MULTICAST_IF) {
            if (!there) {
                return -EADDRNOTAVAIL;
            }
            synchronized (this) {
                outgoing = Arrays.copyOfRange(value, place, place + 4);
            }
            return 0;
        }
        boolean join = option == IP_ADD_MEMBERSHIP || option == IP_ADD_SOURCE_MEMBERSHIP;
        return change(join, fourth(value, 0), hasSource ? fourth(value, 8) : null, there);
    }

    /** A group and the index of an interface, or that alone. */
    private int setSixth(int option, byte[] value) {
        if (option == IPV6_MULTICAST_IF) {
            if (value.length < 4) {
                return -EINVAL;
            }
            int index = integer(value, 0);
            if (!isInterface(index)) {
                return -ENODEV;
            }
            synchronized (this) {
                outgoingIndex = index;
            }
            return 0;
        }
        if (value.length < 20) {
            return -EINVAL;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        InternetAddress group = new InternetAddress(bytes.getLong(0), bytes.getLong(8), 0, 0);
        return change(option == IPV6_ADD_MEMBERSHIP, group, null, isInterface(integer(value, 16)));
    }

    private static boolean isInterface(int index) {
        return index == 0 || index == NetworkInterface.INDEX;
    }

    private static int integer(byte[] value, int at) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static InternetAddress fourth(byte[] value, int at) {
        byte[] address = new byte[16];
        address[0] = SocketFile.AF_INET;
        System.arraycopy(value, at, address, 4, 4);
        return bare(address);
    }

    /** The address of a {@code struct sockaddr}, without port and scope. */
    private static InternetAddress bare(byte[] address) {
        InternetAddress whole = InternetAddress.of(address);
        return new InternetAddress(whole.high(), whole.low(), 0, 0);
    }

    /** @param there whether the interface is there */
    private synchronized int change(boolean join, InternetAddress group, InternetAddress source, boolean there) {
        if (!group.isMulticast()) {
            return -EINVAL;
        }
        if (!there) {
            return -ENODEV;
        }
        return join ? join(group, source) : leave(group, source);
    }

    private int join(InternetAddress group, InternetAddress source) {
        boolean known = joined.containsKey(group);
        if (known && source == null) {
            return -EADDRINUSE;
        }
        boolean fourth = group.isV4();
        if (known) {
            Set<InternetAddress> sources = joined.get(group);
            if (sources == null || sources.contains(source)) {
                return sources == null ? -EINVAL : -EADDRNOTAVAIL;
            }
            if (sources.size() == (fourth ? MOST_SOURCES_FOURTH : MOST_SOURCES_SIXTH)) {
                return -ENOBUFS;
            }
            sources.add(source);
            return 0;
        }
        long before = joined.keySet().stream().filter(each -> each.isV4() == fourth).count();
        if (before >= (fourth ? MOST_FOURTH : MOST_SIXTH)) {
            return -ENOBUFS;
        }
        joined.put(group, source == null ? null : new HashSet<>(Set.of(source)));
        members.add(group);
        return 0;
    }

    private int leave(InternetAddress group, InternetAddress source) {
        if (!joined.containsKey(group)) {
            return source == null ? -EADDRNOTAVAIL : -EINVAL;
        }
        if (source != null) {
            Set<InternetAddress> sources = joined.get(group);
            if (sources == null || !sources.remove(source)) {
                return sources == null ? -EINVAL : -EADDRNOTAVAIL;
            }
            if (!sources.isEmpty()) {
                return 0;
            }
        }
        joined.remove(group);
        members.remove(group);
        return 0;
    }

    /**
     * Whether what is sent to a group comes to this socket.
     *
     * @param all whether it takes what is for groups that others have joined: IP_MULTICAST_ALL
     */
    boolean hears(InternetAddress to, InternetAddress from, boolean all) {
        InternetAddress group = new InternetAddress(to.high(), to.low(), 0, 0);
        synchronized (this) {
            if (joined.containsKey(group)) {
                Set<InternetAddress> sources = joined.get(group);
                return sources == null || sources.contains(new InternetAddress(from.high(), from.low(), 0, 0));
            }
        }
        return all && members.has(group);
    }

    /** Whether the loopback was named as the interface that messages to groups of IPv4 or IPv6 go out by. */
    synchronized boolean sendByLoopback(boolean fourth) {
        return fourth ? integer(outgoing, 0) != 0 : outgoingIndex != 0;
    }

    /** Leaves all groups. */
    synchronized void clear() {
        joined.keySet().forEach(members::remove);
        joined.clear();
    }
}
