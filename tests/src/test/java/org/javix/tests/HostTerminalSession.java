package org.javix.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A terminal of the Linux that the tests run on, made by script(1). */
final class HostTerminalSession extends TerminalSession {
    private final Process process;
    private final Path nameFile;

    HostTerminalSession(Map<String, String> environment, List<String> words) throws IOException {
        nameFile = Files.createTempFile("javix", "terminal");
        // A JVM that was started in the background ignores SIGINT, which would be inherited.
        StringBuilder command = new StringBuilder("tty >" + nameFile + "; ulimit -c 0; stty rows " + ROWS + " columns "
                + COLUMNS + "; cd /tmp; exec env -i --default-signal");
        environment.forEach((name, value) -> command.append(' ').append(name).append('=').append(quoted(value)));
        words.forEach(word -> command.append(' ').append(quoted(word)));
        process = new ProcessBuilder("script", "-qefc", command.toString(), "/dev/null")
                .redirectErrorStream(true)
                .start();
        connect(process.getOutputStream(), process.getInputStream());
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    String name() {
        return "Linux";
    }

    @Override
    protected void resizeTerminal(int rows, int columns) throws IOException, InterruptedException {
        String terminal = Files.readString(nameFile).strip();
        new ProcessBuilder("stty", "-F", terminal, "rows", "" + rows, "columns", "" + columns).start().waitFor();
    }

    @Override
    protected int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Files.deleteIfExists(nameFile);
    }
}
