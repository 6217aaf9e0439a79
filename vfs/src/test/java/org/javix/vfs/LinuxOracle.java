package org.javix.vfs;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A process of the host whose root is an empty directory, and that makes the calls it is asked for: what
 * Linux does. It acts as any user it is told to be, so it needs root. The directory lies in the host's
 * own tmpfs where there is one.
 *
 * <p>The program is {@code src/test/c/oracle.c}, compiled when first needed. Not thread-safe.
 */
final class LinuxOracle implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/c/oracle.c");
    private static final Path PROGRAM = Path.of("target/oracle");
    private static final Path TMPFS = Path.of("/dev/shm");

    private final Path directory;
    private final Process process;
    private final OutputStream requests;
    private final DataInputStream replies;

    /** Starts one in a new directory, which closing it removes. */
    LinuxOracle() throws IOException, InterruptedException {
        this(newDirectory());
    }

    /** Starts one in a directory. */
    LinuxOracle(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(HostCalls.user() == 0, "acts as several users in a root of its own, which takes root");
        this.directory = directory;
        compile();
        process = new ProcessBuilder(PROGRAM.toAbsolutePath().toString(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.getOutputStream();
        replies = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /** A new directory in the host's tmpfs. */
    static Path newDirectory() throws IOException {
        Path directory = Files.isDirectory(TMPFS)
                ? Files.createTempDirectory(TMPFS, "javix-oracle")
                : Files.createTempDirectory("javix-oracle");
        Files.setAttribute(directory, "unix:mode", 0755);
        return directory;
    }

    private static synchronized void compile() throws IOException, InterruptedException {
        if (Files.exists(PROGRAM) && Files.getLastModifiedTime(PROGRAM).compareTo(Files.getLastModifiedTime(SOURCE)) > 0) {
            return;
        }
        Files.createDirectories(PROGRAM.getParent());
        Process compiler = new ProcessBuilder("cc", "-O1", "-o", PROGRAM.toString(), SOURCE.toString())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("the oracle cannot be compiled");
        }
    }

    /** Makes calls, one after the other. */
    List<LinuxCall.Reply> make(List<LinuxCall> calls) throws IOException {
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (LinuxCall call : calls) {
                    requests.write(call.request());
                }
                requests.write(0);
                requests.flush();
            } catch (IOException e) {
                process.destroy(); // the reader then ends as well
            }
        });
        List<LinuxCall.Reply> answers = new ArrayList<>();
        for (LinuxCall call : calls) {
            ByteBuffer result = ByteBuffer.wrap(replies.readNBytes(8)).order(ByteOrder.nativeOrder());
            List<ByteBuffer> buffers = new ArrayList<>();
            for (int length : call.outputs()) {
                buffers.add(ByteBuffer.wrap(replies.readNBytes(length)).order(ByteOrder.nativeOrder()));
            }
            answers.add(new LinuxCall.Reply(result.getLong(), buffers));
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return answers;
    }

    /** Makes one call. */
    LinuxCall.Reply make(LinuxCall call) throws IOException {
        return make(List.of(call)).getFirst();
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        remove(directory);
    }

    /** Removes a tree. */
    static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
