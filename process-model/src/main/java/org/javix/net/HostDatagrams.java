package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way of one UDP socket to the host's network: a channel of its own, and a thread that receives. Only answers are
 * received: messages from where the program has sent to, of the last hundred such addresses. Thread-safe.
 */
final class HostDatagrams {
    private static final int MOST_PEERS = 100;
    private static final int LONGEST = 65_535;

    /** Takes what was received. */
    @FunctionalInterface
    interface Receiver {
        void receive(InternetAddress from, ByteBuffer message);
    }

    private final HostNetwork host;
    private final DatagramChannel channel;
    // Guarded by this: what the program knows an address of the host's network as.
    private final Map<InetSocketAddress, InternetAddress> peers = new LinkedHashMap<>();

    HostDatagrams(HostNetwork host, Receiver receiver) throws IOException {
        this.host = host;
        channel = DatagramChannel.open();
        host.keep(channel);
        host.start(() -> receive(receiver));
    }

    /** Sends a message: its length, or an errno. */
    long send(InternetAddress known, InetSocketAddress to, ByteBuffer message) {
        synchronized (this) {
            peers.remove(to);
            peers.put(to, known);
            if (peers.size() > MOST_PEERS) {
                peers.remove(peers.keySet().iterator().next());
            }
        }
        try {
            int length = message.remaining();
            channel.send(message, to);
            return length;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("too long") ? -EMSGSIZE : HostNetwork.errno(e);
        }
    }

    private void receive(Receiver receiver) {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                InternetAddress known;
                synchronized (this) {
                    known = peers.get(from);
                }
                if (known != null) {
                    receiver.receive(known, buffer.flip());
                }
            } catch (PortUnreachableException e) {
                // Nobody is there; the program finds out by waiting.
            } catch (IOException e) {
                close();
                return;
            }
        }
    }

    void close() {
        host.end(channel);
    }
}
