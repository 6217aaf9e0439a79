package org.javix.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses and ports of the host's network may be reached: one rule of {@link NetworkAccess}. Immutable.
 *
 * @param udp whether it is about UDP, else about TCP
 * @param ranges the addresses; empty for every global one
 */
record AddressRule(boolean udp, List<Range> ranges, int firstPort, int lastPort) {
    private static final int MAX_PORT = 65_535;

    /** Ranges that are not of the internet, in their notation; what `*` leaves out. */
    private static final List<Range> NOT_GLOBAL = List.of(
            Range.of("0.0.0.0/8"), Range.of("10.0.0.0/8"), Range.of("100.64.0.0/10"), Range.of("127.0.0.0/8"),
            Range.of("169.254.0.0/16"), Range.of("172.16.0.0/12"), Range.of("192.0.0.0/24"), Range.of("192.168.0.0/16"),
            Range.of("198.18.0.0/15"), Range.of("224.0.0.0/3"), Range.of("::/3"), Range.of("2001::/23"),
            Range.of("2002::/16"), Range.of("4000::/2"), Range.of("8000::/1"));

    /** Ranges that only a rule within them opens. */
    private static final List<Range> SPECIAL = List.of(
            Range.of("0.0.0.0/8"), Range.of("127.0.0.0/8"), Range.of("169.254.0.0/16"), Range.of("224.0.0.0/3"),
            Range.of("::/96"), Range.of("64:ff9b::/96"), Range.of("fe80::/10"), Range.of("ff00::/8"));

    /** Addresses that begin with the same bits. */
    record Range(InternetAddress network, int bits) {
        /** Reads {@code ADDRESS[/BITS]}. */
        static Range of(String text) {
            int slash = text.indexOf('/');
            InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                throw new IllegalArgumentException("'" + text + "' is no address");
            }
            InternetAddress network = InternetAddress.of(address, 0);
            int most = network.isV4() ? 32 : 128;
            int bits = most;
            if (slash >= 0) {
                String digits = text.substring(slash + 1);
                if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
                    throw new IllegalArgumentException("'" + text + "' is no range of addresses");
                }
                bits = Integer.parseInt(digits);
            }
            return new Range(network, network.isV4() ? 96 + bits : bits);
        }

        static Range only(InternetAddress address) {
            return new Range(address, 128);
        }

        boolean contains(InternetAddress address) {
            // The addresses of IPv4 are no part of those of IPv6.
            return address.isV4() == network.isV4()
                    && same(address.high(), network.high(), Math.min(bits, 64))
                    && same(address.low(), network.low(), Math.max(bits - 64, 0));
        }

        boolean isWithin(Range other) {
            return bits >= other.bits && other.contains(network);
        }

        private static boolean same(long one, long other, int bits) {
            return bits == 0 || (one ^ other) >>> 64 - bits == 0;
        }
    }

    /** An address that is written as one; null for a name, which is not looked up. */
    private static InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Reads {@code HOST:PORT[-PORT][/tcp|/udp]}. HOST is an address, a range, an address of IPv6 in brackets, a name, or
     * {@code *}; PORT may be {@code *}.
     *
     * @throws IllegalArgumentException if it is malformed or a name is not known
     */
    static AddressRule parse(String text) {
        String rest = text;
        boolean udp = text.toLowerCase(Locale.ROOT).endsWith("/udp");
        if (udp || text.toLowerCase(Locale.ROOT).endsWith("/tcp")) {
            rest = text.substring(0, text.length() - 4);
        }
        int colon = rest.lastIndexOf(':');
        if (colon <= 0 || colon == rest.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT[-PORT][/tcp|/udp]");
        }
        String host = rest.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String ports = rest.substring(colon + 1);
        if (ports.equals("*")) {
            return new AddressRule(udp, ranges(host), 1, MAX_PORT);
        }
        String[] bounds = ports.split("-", 2);
        int first = port(bounds[0]);
        int last = port(bounds[bounds.length - 1]);
        return new AddressRule(udp, ranges(host), first, last);
    }

    static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("'" + text + "' is no port");
        }
        return port;
    }

    private static List<Range> ranges(String host) {
        if (host.equals("*")) {
            return List.of();
        }
        if (host.indexOf('/') >= 0 || literal(host) != null) {
            return List.of(Range.of(host));
        }
        List<Range> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                InternetAddress one = InternetAddress.of(address, 0);
                // A name must not lead to the host itself, whoever answers for it, unless it is the host's own.
                if (host.equals("localhost") || !isSpecial(one)) {
                    found.add(Range.only(one));
                }
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("nobody knows the host '" + host + "'", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("'" + host + "' is an address of this machine; say which one");
        }
        return found;
    }

    /** Whether it lets a program reach this address and port. */
    boolean allows(boolean byUdp, InternetAddress to) {
        if (byUdp != udp || to.port() < firstPort || to.port() > lastPort) {
            return false;
        }
        if (ranges.isEmpty()) {
            return NOT_GLOBAL.stream().noneMatch(range -> range.contains(to)) && !isOfThisMachine(to);
        }
        for (Range range : ranges) {
            if (range.contains(to) && (range.bits == 128 || isSaidExplicitly(range, to))) {
                return true;
            }
        }
        return false;
    }

    /** A wide range opens no special address by the way. */
    private static boolean isSaidExplicitly(Range range, InternetAddress to) {
        for (Range special : SPECIAL) {
            if (special.contains(to)) {
                return range.isWithin(special);
            }
        }
        return !isOfThisMachine(to);
    }

    private static boolean isSpecial(InternetAddress address) {
        return SPECIAL.stream().anyMatch(range -> range.contains(address)) || isOfThisMachine(address);
    }

    private static boolean isOfThisMachine(InternetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address.toHost()) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
