package org.javix.net;

import static org.javix.net.SocketFile.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.javix.vfs.Credentials;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.TmpFs;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the host's network a sandbox reaches, and what it does not. */
@Timeout(60)
class HostNetworkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InternetAddress LOCAL = InternetAddress.of(LOOPBACK, 0);

    private final FsContext root = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
    private final Waiter waiter = Waiter.uninterruptible();

    private static Network network(NetworkAccess access) throws IOException {
        Network network = new Network(1000);
        network.open(access);
        return network;
    }

    private static SocketFile socket(Network network, int type) {
        return network.socket(Credentials.ROOT, AF_INET, type, 0, 0).value();
    }

    private static byte[] address(String host, int port) {
        return InternetAddress.of(InetAddress.ofLiteral(host), port).toBytes(AF_INET);
    }

    private int connect(SocketFile socket, String host, int port) {
        return socket.connect(root, waiter, address(host, port));
    }

    private void send(SocketFile socket, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(bytes.length, socket.write(waiter, MemorySegment.ofArray(bytes), 0, bytes.length));
    }

    private String receive(SocketFile socket) {
        byte[] bytes = new byte[100];
        long count = socket.read(waiter, MemorySegment.ofArray(bytes), 0, bytes.length);
        return count < 0 ? "error " + -count : new String(bytes, 0, (int) count, StandardCharsets.ISO_8859_1);
    }

    // ---- rules ----

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:443, 192.0.2.7, 443, true",
        "192.0.2.7:443, 192.0.2.7, 80, false",
        "192.0.2.7:443, 192.0.2.8, 443, false",
        "192.0.2.7:80-443, 192.0.2.7, 100, true",
        "10.1.0.0/16:*, 10.1.200.3, 1, true",
        "10.1.0.0/16:*, 10.2.0.1, 1, false",
        "0.0.0.0/0:*, 93.184.216.34, 80, true",
        "0.0.0.0/0:*, 10.0.0.1, 80, true",
        "0.0.0.0/0:*, 127.0.0.1, 80, false",
        "0.0.0.0/0:*, 169.254.169.254, 80, false",
        "0.0.0.0/0:*, 0.0.0.0, 80, false",
        "0.0.0.0/0:*, 2606:2800::1, 80, false",
        "[::/0]:*, 2606:2800::1, 80, true",
        "[::/0]:*, ::1, 80, false",
        "[::/0]:*, fe80::1, 80, false",
        "[::/0]:*, 93.184.216.34, 80, false",
        "[::ffff:93.184.216.34]:80, 93.184.216.34, 80, true",
        "*:443, 93.184.216.34, 443, true",
        "*:443, 93.184.216.34, 80, false",
        "*:443, 10.0.0.1, 443, false",
        "*:443, 172.16.5.5, 443, false",
        "*:443, 192.168.1.1, 443, false",
        "*:443, 100.64.1.1, 443, false",
        "*:443, 127.0.0.1, 443, false",
        "*:443, 169.254.169.254, 443, false",
        "*:443, 224.0.0.1, 443, false",
        "*:443, 2606:2800::1, 443, true",
        "*:443, fd00:ec2::254, 443, false",
        "*:443, 64:ff9b::7f00:1, 443, false",
        "*:443, 2002:7f00:1::, 443, false",
        "127.0.0.0/8:80, 127.9.9.9, 80, true",
        "127.0.0.1:80, 127.0.0.1, 80, true",
        "localhost:80, 127.0.0.1, 80, true",
        "169.254.169.254:80, 169.254.169.254, 80, true",
        "192.0.2.7:53/udp, 192.0.2.7, 53, false",
    })
    void aRuleAllowsWhatItSays(String rule, String host, int port, boolean allowed) {
        NetworkAccess access = NetworkAccess.NONE.withConnect(rule);
        InternetAddress to = InternetAddress.of(InetAddress.ofLiteral(host), port);
        assertEquals(allowed, access.target(false, to) != null);
    }

    @Test
    void rulesForUdpAreForUdp() {
        NetworkAccess access = NetworkAccess.NONE.withConnect("192.0.2.7:53/udp");
        assertNotNull(access.target(true, InternetAddress.of(InetAddress.ofLiteral("192.0.2.7"), 53)));
    }

    @ParameterizedTest
    @CsvSource({"nothing", "host:", ":80", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4/33:80", "1.2.3.4:a-b", "[::1:80", "x.invalid:80"})
    void whatIsNoRuleIsRefused(String rule) {
        assertThrows(IllegalArgumentException.class, () -> NetworkAccess.NONE.withConnect(rule));
    }

    // ---- connecting ----

    @Test
    void nothingIsReachedUnlessItIsAllowed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
            try (Network closed = network(NetworkAccess.NONE)) {
                assertEquals(-ECONNREFUSED, connect(socket(closed, SOCK_STREAM), "127.0.0.1", server.getLocalPort()));
                assertEquals(-ENETUNREACH, connect(socket(closed, SOCK_STREAM), "192.0.2.1", 80));
                assertEquals(-ENETUNREACH, connect(socket(closed, SOCK_DGRAM), "192.0.2.1", 80));
            }
            try (Network other = network(NetworkAccess.NONE.withConnect("*:*").withConnect("127.0.0.1:1"))) {
                assertEquals(-ECONNREFUSED, connect(socket(other, SOCK_STREAM), "127.0.0.1", server.getLocalPort()));
                assertEquals(-EACCES, connect(socket(other, SOCK_STREAM), "192.168.0.1", 80));
                assertEquals(-EACCES, connect(socket(other, SOCK_STREAM), "169.254.169.254", 80));
            }
        }
    }

    @Test
    void bytesGoBothWaysUntilEachSideEnds() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
                Network network = network(NetworkAccess.NONE.withConnect("127.0.0.1:" + server.getLocalPort()))) {
            SocketFile guest = socket(network, SOCK_STREAM);
            assertEquals(0, connect(guest, "127.0.0.1", server.getLocalPort()));
            try (Socket host = server.accept()) {
                send(guest, "to the host");
                assertEquals("to the host", new String(host.getInputStream().readNBytes(11), StandardCharsets.ISO_8859_1));
                host.getOutputStream().write("to the guest".getBytes(StandardCharsets.ISO_8859_1));
                assertEquals("to the guest", receive(guest));
                assertEquals(0, guest.shutdown(org.javix.vfs.Socket.SHUT_WR));
                assertEquals(-1, host.getInputStream().read());
                host.getOutputStream().write('x');
                assertEquals("x", receive(guest));
            }
            assertEquals("", receive(guest));
            guest.release();
        }
    }

    @Test
    void whatIsRefusedOutsideIsRefusedInside() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
            port = server.getLocalPort();
        }
        try (Network network = network(NetworkAccess.NONE.withConnect("127.0.0.1:" + port))) {
            assertEquals(-ECONNREFUSED, connect(socket(network, SOCK_STREAM), "127.0.0.1", port));
        }
    }

    @Test
    void aSocketThatClosesEndsTheConnectionOutside() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
                Network network = network(NetworkAccess.NONE.withConnect("127.0.0.1:" + server.getLocalPort()))) {
            SocketFile guest = socket(network, SOCK_STREAM);
            assertEquals(0, connect(guest, "127.0.0.1", server.getLocalPort()));
            try (Socket host = server.accept()) {
                guest.release();
                assertEquals(-1, host.getInputStream().read());
            }
        }
    }

    @Test
    void aPublishedPortLeadsToTheProgramThatListens() throws IOException {
        NetworkAccess access = NetworkAccess.NONE.withListen(new InetSocketAddress(LOOPBACK, 0), 8080);
        try (Network network = network(access)) {
            InetSocketAddress published = network.publishedPorts().getFirst();
            try (Socket nobody = new Socket(LOOPBACK, published.getPort())) {
                assertTrue(isAtEnd(nobody));
            }
            SocketFile listener = socket(network, SOCK_STREAM);
            assertEquals(0, listener.bind(root, address("0.0.0.0", 8080)));
            assertEquals(0, listener.listen(waiter, 5));
            try (Socket host = new Socket(LOOPBACK, published.getPort())) {
                OpenFile taken = listener.accept(waiter, 0).value();
                SocketFile guest = (SocketFile) taken;
                assertEquals(host.getLocalPort(), InternetAddress.of(guest.peerAddress().value()).port());
                host.getOutputStream().write("request".getBytes(StandardCharsets.ISO_8859_1));
                assertEquals("request", receive(guest));
                send(guest, "answer");
                guest.release();
                assertEquals("answer", new String(host.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            listener.release();
        }
    }

    private static boolean isAtEnd(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void theNameServerOfTheHostAnswersAtTheSandboxsLoopback() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress at = (InetSocketAddress) server.getLocalSocketAddress();
            try (Network network = network(NetworkAccess.NONE.withNames(at))) {
                SocketFile guest = socket(network, SOCK_DGRAM);
                SocketMessage question = new SocketMessage(MemorySegment.ofArray(new byte[] {7, 8}), 0, 2, 0);
                question.setAddress(address("127.0.0.1", 53));
                assertEquals(2, guest.send(root, waiter, question));
                DatagramPacket asked = new DatagramPacket(new byte[10], 10);
                server.receive(asked);
                assertEquals(2, asked.getLength());
                server.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, asked.getSocketAddress()));
                SocketMessage answer = new SocketMessage(MemorySegment.ofArray(new byte[10]), 0, 10, 0);
                assertEquals(3, guest.receive(waiter, answer));
                InternetAddress from = InternetAddress.of(answer.address());
                assertEquals(53, from.port());
                assertTrue(from.hasAddressOf(LOCAL));
                guest.release();
            }
        }
    }

    @Test
    void closingEndsEverythingAtOnce() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
            for (int i = 0; i < 50; i++) {
                NetworkAccess access = NetworkAccess.NONE
                        .withConnect("127.0.0.1:" + server.getLocalPort())
                        .withListen(new InetSocketAddress(LOOPBACK, 0), 80);
                Network network = network(access);
                SocketFile guest = socket(network, SOCK_STREAM);
                assertEquals(0, connect(guest, "127.0.0.1", server.getLocalPort()));
                try (Socket host = server.accept()) {
                    network.close();
                    assertTrue(isAtEnd(host));
                    assertEquals("", receive(guest).replace("error " + ECONNRESET, ""));
                }
                assertEquals(0, network.hostThreads());
                guest.release();
                assertEquals(0, network.bufferedBytes());
            }
        }
    }
}
