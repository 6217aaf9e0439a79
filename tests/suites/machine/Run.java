package machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.javix.posix.Command;
import org.javix.posix.ExecResult;

/**
 * How a program ended.
 *
 * @param status as a shell has it: 128 + n for signal n
 * @param inTime false if it was killed because it took too long
 * @param output what it wrote, errors too, a byte a character
 */
public record Run(int status, boolean inTime, String output) {
    /** Runs a program of this Linux with no input. */
    public static Run onLinux(ProcessBuilder builder, Duration limit) throws IOException, InterruptedException {
        Process process = builder.redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true).start();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                output.complete(new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                output.complete(e.toString());
            }
        });
        boolean inTime = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (!inTime) {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
        return new Run(process.waitFor(), inTime, output.join());
    }

    /** Runs a program in a sandbox with no input. */
    public static Run inJavix(Command command, Duration limit) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecResult result = command.output(output).mergeError().timeout(limit).run();
        return new Run(result.exitCode(), !result.timedOut(), output.toString(StandardCharsets.ISO_8859_1));
    }
}
