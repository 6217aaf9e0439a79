package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to the host's network, as far as {@link NetworkAccess} allows: the channels that are open, and the threads
 * that move bytes between them and the sandbox's sockets. They are virtual threads with blocking channels, so that no
 * thread of the host waits for one connection. Thread-safe.
 */
final class HostNetwork implements Closeable {
    /** How many channels there may be: each takes a descriptor of the JVM's process. */
    private static final int MOST_CHANNELS = 512;

    private final Network network;
    private final NetworkAccess access;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<InetSocketAddress> published = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Begins to listen where that is allowed.
     *
     * @throws IOException if a port cannot be had
     */
    HostNetwork(Network network, NetworkAccess access) throws IOException {
        this.network = network;
        this.access = access;
        try {
            for (NetworkAccess.Published port : access.published()) {
                publish(port);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Where what is sent to an address goes; null if that is not allowed. */
    InetSocketAddress target(boolean udp, InternetAddress to) {
        return access.target(udp, to);
    }

    /** Where the host listens, in the order of the rules. */
    List<InetSocketAddress> published() {
        return List.copyOf(published);
    }

    /** How many threads move bytes or wait for connections. */
    int threads() {
        return threads.size();
    }

    /** Whether there are as many channels as there may be. */
    boolean isFull() {
        return open.size() >= MOST_CHANNELS;
    }

    /** Keeps a channel to close it at the end; closes it at once if that has come. */
    void keep(Closeable channel) {
        open.add(channel);
        if (closed) {
            end(channel);
        }
    }

    /** Closes a channel. */
    void end(Closeable channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more, whatever was wrong with it.
        }
    }

    void start(Runnable task) {
        Thread thread = Thread.ofVirtual().name("javix-host-net").unstarted(() -> {
            try {
                task.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Connects a sandbox's socket, to which {@code end} is joined then: 0, or why not. Waits. */
    int connect(TcpSocket socket, InetSocketAddress to) {
        if (isFull()) {
            return -ENFILE;
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            keep(channel);
            if (!socket.attempts(channel)) {
                end(channel);
                return -ECONNABORTED;
            }
            channel.connect(to);
            TcpSocket end = new TcpSocket(network, socket.domain(), 0);
            if (!socket.joined(end)) {
                end(channel);
                end.release();
                return -ECONNABORTED;
            }
            new HostConnection(this, end, channel).start();
            return 0;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                end(channel);
            }
            return errno(e);
        }
    }

    static int errno(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("timed out") || e instanceof SocketTimeoutException) {
            return -ETIMEDOUT;
        }
        if (message.contains("unreachable")) {
            return message.contains("Network") ? -ENETUNREACH : -EHOSTUNREACH;
        }
        return switch (e) {
            case ConnectException refused -> -ECONNREFUSED;
            case NoRouteToHostException noRoute -> -EHOSTUNREACH;
            default -> -ENETUNREACH;
        };
    }

    private void publish(NetworkAccess.Published port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        keep(server);
        server.bind(port.host());
        published.add((InetSocketAddress) server.getLocalAddress());
        start(() -> {
            while (!closed) {
                try {
                    SocketChannel channel = server.accept();
                    if (isFull()) {
                        channel.close();
                        continue;
                    }
                    keep(channel);
                    take(channel, port.guestPort());
                } catch (IOException e) {
                    if (!server.isOpen()) {
                        return;
                    }
                }
            }
        });
    }

    /** Hands a connection from outside to the program that listens. */
    private void take(SocketChannel channel, int guestPort) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        TcpSocket end = new TcpSocket(network, SocketFile.AF_INET, 0);
        InternetAddress from = InternetAddress.of(remote.getAddress(), remote.getPort());
        if (end.connectFromOutside(from, guestPort)) {
            new HostConnection(this, end, channel).start();
        } else {
            end.release();
            end(channel);
        }
    }

    /** Closes every channel, and waits for the threads. */
    @Override
    public void close() {
        closed = true;
        for (Closeable channel : open) {
            end(channel);
        }
        for (Thread thread : threads) {
            try {
                thread.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
