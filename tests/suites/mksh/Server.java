import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.process.WaitStatus;
import org.javix.userland.ImageFs;

/**
 * Runs programs in one sandbox for the driver of mksh's tests, which is a script in Perl on the host and starts one
 * program for each case: {@code client} passes them on. Started by {@code run}.
 */
final class Server {
    /** A test that hangs is killed. The longest that ends takes a few seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Server() {}

    /** @param arguments the socket to make; a directory of the host that guests may change; PATH=FILE, a program */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        String[] program = arguments[2].split("=", 2);
        try (Sandbox sandbox = Sandbox.builder()
                        .root(ImageFs.open(Path.of(System.getProperty("javix.userland"))))
                        .mountWritable(directory, directory.toString())
                        .build();
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            sandbox.files().createDirectories(Path.of(program[0]).getParent().toString(), 0755);
            sandbox.files().write(program[0], Files.readAllBytes(Path.of(program[1])), 0755);
            server.bind(UnixDomainSocketAddress.of(arguments[0]));
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().start(() -> serve(sandbox, client));
            }
        }
    }

    /**
     * One program: words, variables, the working directory and the input come; output, errors and the status go, which
     * is negative for a signal.
     */
    private static void serve(Sandbox sandbox, SocketChannel client) {
        try (client) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(client)));
            List<String> words = strings(in);
            Map<String, String> environment = new LinkedHashMap<>();
            for (String variable : strings(in)) {
                int equals = variable.indexOf('=');
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            String directory = string(in);
            byte[] input = in.readNBytes(in.readInt());
            ExecResult result = sandbox.command(words)
                    .environment(environment)
                    .directory(directory)
                    .input(new ByteArrayInputStream(input))
                    .timeout(LIMIT)
                    .run();
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(client)));
            out.writeInt(result.output().length);
            out.write(result.output());
            out.writeInt(result.error().length);
            out.write(result.error());
            out.writeInt(result.status() instanceof WaitStatus.Signaled signaled ? -signaled.signal() : result.exitCode());
            out.flush();
        } catch (IOException e) {
            System.err.println("javix: " + e);
        }
    }

    private static List<String> strings(DataInputStream in) throws IOException {
        List<String> strings = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            strings.add(string(in));
        }
        return strings;
    }

    private static String string(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
    }
}
