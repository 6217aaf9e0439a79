package org.javix.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Linux that the tests run on: the reference. */
final class HostMachine {
    private HostMachine() {}

    /**
     * Writes a file that programs can run. Another program writes it: if this one did, a process that is being
     * started at the same time could hold the file open for writing for a moment longer, and until then Linux
     * refuses to run it (ETXTBSY).
     */
    static void install(String path, byte[] content) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("install", "-D", "-m", "755", "/dev/stdin", path)
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(content);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    /**
     * Runs a program to its end, in a session of its own: some programs signal their whole process
     * group. Returns when its output is closed by every process that holds it.
     */
    static Outcome run(Job job) throws IOException, InterruptedException {
        Files.createDirectories(Path.of(job.scratch()));
        // A JVM that was started in the background ignores SIGINT, which would be inherited.
        List<String> words = new ArrayList<>(List.of(
                "sh", "-c", "umask 022; ulimit -c 0; exec \"$@\"", "sh", "env", "-i", "--default-signal"));
        Job.ENVIRONMENT.forEach((name, value) -> words.add(name + "=" + value));
        words.add("setsid");
        words.addAll(job.words());
        Process process = new ProcessBuilder(words)
                .directory(Path.of(job.scratch()).toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        CompletableFuture<String> output = read(process.getInputStream());
        CompletableFuture<String> error = read(process.getErrorStream());
        boolean inTime = process.waitFor(Job.SECONDS, TimeUnit.SECONDS);
        if (!inTime) {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
        return new Outcome(output.join(), error.join(), process.waitFor(), !inTime);
    }

    /** Installs packages of Debian that are missing; it takes root. */
    static void need(String... packages) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("../ported-apps/toolchain"));
        words.addAll(List.of(packages));
        build(words);
    }

    /** Runs a command of the build, such as a compiler. */
    static void build(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + "\n" + output);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }
}
