package org.javix.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What programs may reach of the host's network. {@link #NONE nothing} unless it is said; each rule allows one thing
 * more. Immutable.
 *
 * <p>Rules are about addresses. A name in a rule is looked up once, when the rule is made; a program looks names up
 * itself, if it may ({@link #withNames}), and each of its connections is checked by the address that it is really made
 * to. Whoever answers for a name can so not lead a program to where no rule allows. Loopback and link-local addresses
 * and those of the host itself are reached only through a rule that names them: an address, a range within them, or
 * {@code localhost}, but no wider range, and never {@code *}.
 *
 * <p>A program that connects to 127.0.0.1 or {@code ::1} reaches the sandbox's own loopback. Only where nobody there has
 * the port, and a rule names it, the connection goes to the host's.
 */
public final class NetworkAccess {
    /** Programs have their loopback and nothing else; connecting elsewhere is ENETUNREACH. */
    public static final NetworkAccess NONE = new NetworkAccess(List.of(), List.of(), null);

    /** The port of the domain name system. */
    static final int NAMES_PORT = 53;

    private static final Path RESOLVERS = Path.of("/etc/resolv.conf");

    /**
     * A port of the host whose connections go to a program.
     *
     * @param host where the host listens
     * @param guestPort the port on the sandbox's loopback
     */
    record Published(InetSocketAddress host, int guestPort) {}

    private final List<AddressRule> rules;
    private final List<Published> published;
    private final InetSocketAddress resolver;

    private NetworkAccess(List<AddressRule> rules, List<Published> published, InetSocketAddress resolver) {
        this.rules = List.copyOf(rules);
        this.published = List.copyOf(published);
        this.resolver = resolver;
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    /**
     * Lets programs connect, or send with UDP.
     *
     * @param rule {@code HOST:PORT[-PORT][/tcp|/udp]}, such as {@code 192.0.2.7:443}, {@code 10.1.0.0/16:8000-8099},
     *     {@code [2001:db8::/32]:53/udp}, {@code deb.debian.org:80}, {@code localhost:5432}. {@code *} as HOST is every
     *     address of the internet, no private one; as PORT every port
     * @throws IllegalArgumentException if it is malformed or a name is not known
     */
    public NetworkAccess withConnect(String rule) {
        return new NetworkAccess(with(rules, AddressRule.parse(rule)), published, resolver);
    }

    /**
     * Listens on a TCP port of the host from the start of the sandbox to its end, and hands each connection to the program
     * that listens on a port of the sandbox's loopback; where none does it is closed.
     *
     * @param rule {@code [ADDRESS:]PORT[:GUESTPORT]}; the host's address is 127.0.0.1 if nothing is said, the guest's
     *     port is the host's. An address of IPv6 is in brackets
     * @throws IllegalArgumentException if it is malformed
     */
    public NetworkAccess withListen(String rule) {
        String host = "127.0.0.1";
        String ports = rule;
        if (rule.startsWith("[")) {
            int end = rule.indexOf("]:");
            if (end < 0) {
                throw new IllegalArgumentException("'" + rule + "' is not [ADDRESS:]PORT[:GUESTPORT]");
            }
            host = rule.substring(1, end);
            ports = rule.substring(end + 2);
        } else if (rule.indexOf('.') >= 0 && rule.indexOf(':') > 0) {
            host = rule.substring(0, rule.indexOf(':'));
            ports = rule.substring(rule.indexOf(':') + 1);
        }
        String[] parts = ports.split(":", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("'" + rule + "' is not [ADDRESS:]PORT[:GUESTPORT]");
        }
        int port = AddressRule.port(parts[0]);
        return withListen(
                new InetSocketAddress(InetAddress.ofLiteral(host), port),
                parts.length == 2 ? AddressRule.port(parts[1]) : port);
    }

    /** The same; port 0 of the host is a free one, which {@link Network#publishedPorts} tells. */
    public NetworkAccess withListen(InetSocketAddress host, int guestPort) {
        return new NetworkAccess(rules, with(published, new Published(host, guestPort)), resolver);
    }

    /**
     * Lets programs look names up: what they send to port 53 of 127.0.0.1, where a program without
     * {@code /etc/resolv.conf} looks for a name server, goes to that of the host.
     *
     * @throws IOException if {@code /etc/resolv.conf} of the host names none
     */
    public NetworkAccess withNames() throws IOException {
        for (String line : Files.readAllLines(RESOLVERS)) {
            String[] words = line.trim().split("\\s+");
            if (words.length >= 2 && words[0].equals("nameserver")) {
                try {
                    return withNames(new InetSocketAddress(InetAddress.ofLiteral(words[1]), NAMES_PORT));
                } catch (IllegalArgumentException e) {
                    continue; // an address with a scope, for example
                }
            }
        }
        throw new IOException(RESOLVERS + " names no server");
    }

    /** The same with a name server of one's own. */
    public NetworkAccess withNames(InetSocketAddress server) {
        return new NetworkAccess(rules, published, server);
    }

    /** Whether it allows nothing. */
    public boolean isNone() {
        return rules.isEmpty() && published.isEmpty() && resolver == null;
    }

    List<Published> published() {
        return published;
    }

    /**
     * Where what a program sends to an address goes.
     *
     * @return the host's address; null if that is not allowed
     */
    InetSocketAddress target(boolean udp, InternetAddress to) {
        if (resolver != null && to.port() == NAMES_PORT && to.isV4() && to.isLoopback()) {
            return resolver;
        }
        return rules.stream().anyMatch(rule -> rule.allows(udp, to))
                ? new InetSocketAddress(to.toHost(), to.port())
                : null;
    }
}
