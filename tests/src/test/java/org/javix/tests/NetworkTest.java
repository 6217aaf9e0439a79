package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javix.net.NetworkAccess;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxProcess;
import org.javix.process.WaitStatus;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs and the host's network: Debian's bash connects, a C program and git are connected to. */
@Timeout(120)
class NetworkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static Sandbox sandbox(NetworkAccess access) throws IOException {
        return JavixMachine.builder().user(Credentials.ROOT).network(access).build();
    }

    /** Says hello to a server of that name and shows what it answers. */
    private static String talk(Sandbox sandbox, String host, int port) throws IOException {
        String script = "exec 3<>/dev/tcp/$1/$2 || exit; echo hello >&3; cat <&3";
        return sandbox.command("bash", "-c", script, "bash", host, Integer.toString(port)).mergeError().run().text();
    }

    /** A server of the host that answers one line with another. */
    private static ServerSocket server() throws IOException {
        ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    String line = new BufferedReader(new InputStreamReader(client.getInputStream())).readLine();
                    client.getOutputStream().write(("you said " + line + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // The server was closed, or a client has gone; the test sees what it got.
                }
            }
        });
        return server;
    }

    @Test
    void bashConnectsWhereItIsAllowed() throws IOException {
        try (ServerSocket server = server()) {
            int port = server.getLocalPort();
            try (Sandbox open = sandbox(NetworkAccess.NONE.withConnect("127.0.0.1:" + port))) {
                assertEquals("you said hello\n", talk(open, "127.0.0.1", port));
                assertEquals("you said hello\n", talk(open, "localhost", port));
            }
            try (Sandbox closed = sandbox(NetworkAccess.NONE)) {
                assertTrue(talk(closed, "127.0.0.1", port).contains("Connection refused"));
                assertTrue(talk(closed, "192.0.2.1", port).contains("Network is unreachable"));
            }
            try (Sandbox other = sandbox(NetworkAccess.NONE.withConnect("*:" + port))) {
                assertTrue(talk(other, "127.0.0.1", port).contains("Connection refused"));
                assertTrue(talk(other, "10.0.0.1", port).contains("Permission denied"));
            }
        }
    }

    @Test
    void aNameLeadsNowhereThatNoRuleAllows() throws IOException {
        List<String> asked = new ArrayList<>();
        try (DatagramSocket names = new DatagramSocket(0, LOOPBACK);
                ServerSocket server = server()) {
            Thread.ofVirtual().start(() -> answerWithLoopback(names, asked));
            int port = server.getLocalPort();
            NetworkAccess access = NetworkAccess.NONE.withNames(
                    new InetSocketAddress(LOOPBACK, names.getLocalPort()));
            try (Sandbox sandbox = sandbox(access.withConnect("127.0.0.1:" + port))) {
                assertEquals("you said hello\n", talk(sandbox, "service.example", port));
            }
            try (Sandbox sandbox = sandbox(access.withConnect("*:*"))) {
                assertTrue(talk(sandbox, "service.example", port).contains("Connection refused"));
            }
            assertTrue(asked.contains("service.example"), asked.toString());
        }
    }

    /** A name server that answers every question for an IPv4 address with 127.0.0.1, and others with nothing. */
    private static void answerWithLoopback(DatagramSocket socket, List<String> asked) {
        byte[] bytes = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                int end = 12;
                StringBuilder name = new StringBuilder();
                while (bytes[end] != 0) {
                    name.append(name.isEmpty() ? "" : ".").append(new String(bytes, end + 1, bytes[end], StandardCharsets.US_ASCII));
                    end += bytes[end] + 1;
                }
                asked.add(name.toString());
                boolean ofV4 = bytes[end + 2] == 1;
                ByteBuffer answer = ByteBuffer.allocate(512);
                answer.put(bytes, 0, 2).putShort((short) 0x8180).putShort((short) 1).putShort((short) (ofV4 ? 1 : 0));
                answer.putInt(0).put(bytes, 12, end + 5 - 12);
                if (ofV4) {
                    answer.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1).putInt(60);
                    answer.putShort((short) 4).put(new byte[] {127, 0, 0, 1});
                }
                socket.send(new DatagramPacket(answer.array(), answer.position(), packet.getSocketAddress()));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aProgramThatListensIsReachedThroughAPublishedPort() throws Exception {
        NetworkAccess access = NetworkAccess.NONE.withListen(new InetSocketAddress(LOOPBACK, 0), 7777);
        try (Sandbox sandbox = sandbox(access)) {
            sandbox.files().write("/tmp/server", GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/echo_server.c")), 0755);
            SandboxProcess running = sandbox.command("/tmp/server").start();
            assertEquals("listening", new BufferedReader(new InputStreamReader(running.output())).readLine());
            int port = sandbox.kernel().network().publishedPorts().getFirst().getPort();
            for (int i = 0; i < 20; i++) {
                try (Socket client = new Socket(LOOPBACK, port)) {
                    OutputStream out = client.getOutputStream();
                    out.write(("message " + i).getBytes(StandardCharsets.UTF_8));
                    client.shutdownOutput();
                    assertEquals("MESSAGE " + i, new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            // bash within reaches the same server on the sandbox's own loopback.
            String script = "exec 3<>/dev/tcp/127.0.0.1/7777; echo from bash >&3; read -r x <&3; echo $x; echo quit >&3";
            assertEquals("FROM BASH\n", sandbox.exec("bash", "-c", script).text());
            assertEquals(WaitStatus.SUCCESS, running.waitFor());
        }
    }

    @Test
    void gitOfTheHostClonesFromGitWithin(@TempDir Path directory) throws Exception {
        HostMachine.need("git");
        NetworkAccess access = NetworkAccess.NONE.withListen(new InetSocketAddress(LOOPBACK, 0), 9418);
        try (Sandbox sandbox = sandbox(access)) {
            String make = "git init -q -b main /srv/it; cd /srv/it; seq 1000 >numbers; git add .;"
                    + " git -c user.name=Name -c user.email=name@example.org commit -qm First; git rev-parse HEAD";
            String made = sandbox.command("sh", "-c", make).mergeError().run().text();
            SandboxProcess daemon = sandbox.command("git", "daemon", "--verbose", "--export-all", "--base-path=/srv")
                    .mergeError()
                    .start();
            BufferedReader said = new BufferedReader(new InputStreamReader(daemon.output()));
            String line = said.readLine();
            while (!line.endsWith("Ready to rumble")) {
                line = said.readLine();
            }
            assertEquals(made, sandbox.exec("sh", "-c", "git clone -q git://localhost/it /tmp/it; git -C /tmp/it rev-parse HEAD").text());
            int port = sandbox.kernel().network().publishedPorts().getFirst().getPort();
            String copy = directory.resolve("it").toString();
            HostMachine.build(List.of("git", "clone", "-q", "git://127.0.0.1:" + port + "/it", copy));
            HostMachine.build(List.of("git", "-C", copy, "diff", "--quiet", made.strip()));
            assertEquals("1\n2\n", Files.readString(directory.resolve("it/numbers")).substring(0, 4));
            daemon.killSession();
        }
    }
}
