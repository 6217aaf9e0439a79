package org.javix.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about the guest's surroundings, common to {@code shell} and {@code run}. */
final class SandboxOptions {

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "HOST:GUEST[:ro|rw]",
            converter = MountOption.Converter.class,
            description = "Mount the host's directory HOST at GUEST, read-only unless :rw is given. Repeatable.")
    private List<MountOption> mounts = new ArrayList<>();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            description = "Set a variable of the guest's environment; K alone passes the host's value. Repeatable.")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Start in the guest's directory DIR.")
    private String workingDirectory;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Kill everything after TIME seconds (or with a suffix: s, m, h, d) and exit with 124.")
    private Duration timeout;

    @Option(names = "--strace", description = "Write every system call and its result to standard error.")
    private boolean trace;

    /** The host directories to mount, in the order given. */
    List<MountOption> mounts() {
        return mounts;
    }

    /** Absolute guest directory to start in, or null for the default. */
    String workingDirectory() {
        return workingDirectory;
    }

    /** Longest time the guest may run, or null for no limit. */
    Duration timeout() {
        return timeout;
    }

    /** Whether system calls are traced. */
    boolean trace() {
        return trace;
    }

    /**
     * The variables asked for with {@code -e}; the last of a name counts.
     *
     * @param host the host's environment, where {@code -e K} takes its value from
     */
    Map<String, String> environment(Map<String, String> host) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String text : environment) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (name.isEmpty()) {
                throw new TypeConversionException("'" + text + "' names no variable");
            }
            String value = equals < 0 ? host.get(name) : text.substring(equals + 1);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }
}
