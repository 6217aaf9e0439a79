package org.javix.net;

import static org.javix.net.SocketFile.AF_INET;
import static org.javix.net.SocketFile.AF_INET6;
import static org.javix.net.SocketFile.AF_UNSPEC;
import static org.javix.vfs.Errno.*;

import org.javix.vfs.Credentials;
import org.javix.vfs.FsContext;

/** The own address of a TCP or UDP socket, and the rules for addresses of its family. Thread-safe. */
final class InternetName {
    private final InternetSocket socket;
    private final int domain;
    private final InternetPorts ports;
    private final InternetOptions options;
    // Written under this.
    private volatile InternetPorts.Binding binding;
    // Where it is connected from, if it is not bound to one address.
    private volatile InternetAddress source;

    InternetName(InternetSocket socket, int domain, InternetPorts ports, InternetOptions options) {
        this.socket = socket;
        this.domain = domain;
        this.ports = ports;
        this.options = options;
    }

    InternetPorts.Binding binding() {
        return binding;
    }

    boolean isBound() {
        return binding != null;
    }

    /** {@code bind}: 0, -EACCES, -EADDRINUSE, -EADDRNOTAVAIL, -EAFNOSUPPORT, -EINVAL. */
    int bind(FsContext context, byte[] address) {
        if (!InternetAddress.isLongEnough(address, domain)) {
            return -EINVAL;
        }
        int family = UnixAddress.family(address);
        InternetAddress wanted = InternetAddress.of(address);
        if (family != domain) {
            boolean any = family == AF_UNSPEC && domain == AF_INET && InternetAddress.of(asV4(address)).isAny();
            if (!any) {
                return -EAFNOSUPPORT;
            }
            wanted = InternetAddress.of(asV4(address));
        }
        if (domain == AF_INET6 && wanted.isV4() && options.isV6Only()) {
            return -EINVAL;
        }
        boolean here = wanted.isAny() || wanted.isLoopback() || wanted.isMulticast();
        if (!here && !options.bindsFreely(wanted.isV4())) {
            return -EADDRNOTAVAIL;
        }
        Credentials who = context.credentials();
        int error = InternetPorts.check(wanted.port(), who.isRoot());
        return error < 0 ? error : bind(wanted, who);
    }

    private static byte[] asV4(byte[] address) {
        byte[] copy = address.clone();
        copy[0] = AF_INET;
        return copy;
    }

    private synchronized int bind(InternetAddress wanted, Credentials who) {
        if (binding != null) {
            return -EINVAL;
        }
        InternetPorts.Binding asked = new InternetPorts.Binding(socket, wanted, options.isV6Only(), who.euid());
        binding = ports.bind(asked);
        return binding == null ? -EADDRINUSE : 0;
    }

    /** Gets a port of its own if it has none yet: 0, -EADDRINUSE. */
    synchronized int autobind() {
        if (binding != null) {
            return 0;
        }
        return bind(domain == AF_INET ? InternetAddress.ANY_4 : InternetAddress.ANY_6, Credentials.ROOT);
    }

    /** An accepted socket shares the listener's port. */
    void share(InternetName listener, InternetAddress local) {
        InternetPorts.Binding own =
                new InternetPorts.Binding(socket, local, listener.options.isV6Only(), listener.binding.uid());
        binding = ports.share(own);
        source = local;
    }

    /** Says where a connection is from: the address that it was bound to, or the one that reaches the other end. */
    void connectedFrom(InternetAddress reaching) {
        InternetAddress own = binding.address();
        source = own.isAny() ? reaching.withPort(own.port()) : own;
    }

    /** Says where a connection from outside the sandbox is from. */
    void comesFrom(InternetAddress outside) {
        source = outside;
    }

    void disconnected() {
        source = null;
    }

    InternetAddress address() {
        InternetAddress from = source;
        if (from != null) {
            return from;
        }
        InternetPorts.Binding bound = binding;
        return bound != null ? bound.address() : domain == AF_INET ? InternetAddress.ANY_4 : InternetAddress.ANY_6;
    }

    byte[] bytes() {
        return bytes(address());
    }

    /** An address as a socket of this family tells it. */
    byte[] bytes(InternetAddress address) {
        return address.toBytes(domain);
    }

    synchronized void release() {
        if (binding != null) {
            ports.release(binding);
            binding = null;
        }
        source = null;
    }

    /**
     * Reads where to send or connect to; the wildcard means the loopback.
     *
     * @return null for an address of another family
     */
    InternetAddress destination(byte[] address) {
        int family = UnixAddress.family(address);
        if (family != domain && !(family == AF_INET && domain == AF_INET6)) {
            return null;
        }
        InternetAddress to = InternetAddress.of(address);
        return to.isAny() ? to.loopback() : to;
    }
}
