package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** The ports of one protocol, TCP or UDP, and which sockets have them. Thread-safe. */
final class InternetPorts {
    /** The ports that a socket without one is given: {@code net.ipv4.ip_local_port_range}. */
    static final int FIRST_EPHEMERAL = 32_768;

    static final int LAST_EPHEMERAL = 60_999;

    /** Below it ports belong to the superuser. */
    static final int FIRST_UNPRIVILEGED = 1024;

    /**
     * A socket that has a port.
     *
     * @param address its address and port; the address may stand for every one
     * @param onlyV6 whether {@code ::} stands for IPv6 only
     * @param uid who shares the port by SO_REUSEPORT
     */
    record Binding(InternetSocket socket, InternetAddress address, boolean onlyV6, int uid) {
        /** Whether there is an address that both have. */
        boolean overlaps(Binding other) {
            return covers(other.address) || other.covers(address);
        }

        /** Whether an address is one of this binding's. */
        boolean covers(InternetAddress to) {
            if (!address.isAny()) {
                return address.hasAddressOf(to);
            }
            return address.isV4() == to.isV4() || !address.isV4() && !onlyV6;
        }
    }

    private final boolean stream;
    // Guarded by this.
    private final Map<Integer, List<Binding>> byPort = new HashMap<>();
    private int next;

    /** @param stream whether these are TCP's, where sharing a port ends when one listens */
    InternetPorts(boolean stream) {
        this.stream = stream;
    }

    /**
     * Gives a socket a port; port 0 asks for a free one.
     *
     * @return the binding, with the port; null for EADDRINUSE
     */
    synchronized Binding bind(Binding wanted) {
        if (wanted.address.port() != 0) {
            return conflicts(wanted) ? null : enter(wanted);
        }
        int count = LAST_EPHEMERAL - FIRST_EPHEMERAL + 1;
        int start = ThreadLocalRandom.current().nextInt(count);
        for (int i = 0; i < count; i++) {
            int port = FIRST_EPHEMERAL + (start + i) % count;
            Binding candidate = new Binding(
                    wanted.socket, wanted.address.withPort(port), wanted.onlyV6, wanted.uid);
            if (!byPort.containsKey(port) || byPort.get(port).stream().noneMatch(candidate::overlaps)) {
                return enter(candidate);
            }
        }
        return null;
    }

    private Binding enter(Binding binding) {
        byPort.computeIfAbsent(binding.address.port(), port -> new ArrayList<>(2)).add(binding);
        return binding;
    }

    /** An accepted socket has its listener's port, whatever else has. */
    synchronized Binding share(Binding binding) {
        return enter(binding);
    }

    synchronized void release(Binding binding) {
        List<Binding> there = byPort.get(binding.address.port());
        if (there != null && there.remove(binding) && there.isEmpty()) {
            byPort.remove(binding.address.port());
        }
    }

    /** Whether a socket that is bound may listen: no other does at the same addresses, unless they share the port. */
    synchronized boolean mayListen(Binding binding) {
        for (Binding other : byPort.getOrDefault(binding.address.port(), List.of())) {
            if (other != binding && other.socket.listens() && other.overlaps(binding) && !sharePort(other, binding)) {
                return false;
            }
        }
        return true;
    }

    private boolean conflicts(Binding wanted) {
        for (Binding other : byPort.getOrDefault(wanted.address.port(), List.of())) {
            boolean reuse = other.socket.is(SocketOptions.SO_REUSEADDR)
                    && wanted.socket.is(SocketOptions.SO_REUSEADDR)
                    && !(stream && other.socket.listens());
            if (other.overlaps(wanted) && !reuse && !sharePort(other, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sharePort(Binding one, Binding other) {
        return one.socket.is(SocketOptions.SO_REUSEPORT)
                && other.socket.is(SocketOptions.SO_REUSEPORT)
                && one.uid == other.uid;
    }

    /**
     * The socket that gets what is sent to an address: one that is bound to exactly it, before one that is bound to
     * every address of its family, before one of {@code ::}; of several that share the port, each in turn.
     *
     * @param suits what else is asked of it
     * @return null if there is none
     */
    synchronized InternetSocket find(InternetAddress to, Predicate<InternetSocket> suits) {
        List<Binding> best = new ArrayList<>(1);
        int bestRank = 0;
        for (Binding binding : byPort.getOrDefault(to.port(), List.of())) {
            if (!binding.covers(to) || !suits.test(binding.socket)) {
                continue;
            }
            int rank = !binding.address.isAny() ? 3 : binding.address.isV4() == to.isV4() ? 2 : 1;
            rank += binding.socket.isConnectedTo() ? 3 : 0;
            if (rank > bestRank) {
                best.clear();
                bestRank = rank;
            }
            if (rank == bestRank) {
                best.add(binding);
            }
        }
        return best.isEmpty() ? null : best.get((next++ & Integer.MAX_VALUE) % best.size()).socket;
    }

    /** All sockets that what is sent to a group may come to: those bound to it, or to every address of its family. */
    synchronized List<InternetSocket> all(InternetAddress group) {
        return byPort.getOrDefault(group.port(), List.of()).stream()
                .filter(binding -> binding.covers(group))
                .map(Binding::socket)
                .toList();
    }

    /** The error of a port for a user: 0 or -EACCES. */
    static int check(int port, boolean root) {
        return port > 0 && port < FIRST_UNPRIVILEGED && !root ? -EACCES : 0;
    }
}
