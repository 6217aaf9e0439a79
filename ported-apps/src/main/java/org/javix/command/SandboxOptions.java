package org.javix.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.posix.SandboxLimits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options about the guest's surroundings, common to {@code shell} and {@code run}. */
final class SandboxOptions {
    private final OptionSpec volume = OptionSpec.builder("-v", "--volume")
            .paramLabel("HOST:GUEST[:ro|overlay|rw]")
            .type(List.class)
            .auxiliaryTypes(MountOption.class)
            .converters(MountOption::parse)
            .description("Mount the host's directory or file HOST at GUEST: read-only; with :overlay changes stay in the"
                    + " sandbox and are lost; with :rw they are the host's. Repeatable.")
            .build();
    private final OptionSpec mount = OptionSpec.builder("--mount")
            .paramLabel("KEY=VALUE,...")
            .type(List.class)
            .auxiliaryTypes(MountOption.class)
            .converters(MountOption::parseLong)
            .description("The same in words: type=host,source=HOST,target=GUEST,mode=ro|overlay|rw; or"
                    + " type=tmpfs,target=GUEST,size=BYTES[k|m|g] for an empty file system. Repeatable.")
            .build();
    private final OptionSpec tarIn = OptionSpec.builder("--tar-in")
            .paramLabel("FILE:GUEST")
            .type(List.class)
            .auxiliaryTypes(ArchiveOption.class)
            .converters(ArchiveOption::parse)
            .description("Extract the host's tar archive FILE into the guest's directory GUEST at the start. Repeatable.")
            .build();
    private final OptionSpec tarOut = OptionSpec.builder("--tar-out")
            .paramLabel("FILE:GUEST")
            .type(List.class)
            .auxiliaryTypes(ArchiveOption.class)
            .converters(ArchiveOption::parse)
            .description("Write the guest's directory GUEST to the host's tar archive FILE at the end. Repeatable.")
            .build();
    private final OptionSpec env = OptionSpec.builder("-e", "--env")
            .paramLabel("K=V")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .converters(SandboxOptions::variable)
            .description("Set a variable of the guest's environment; K alone passes the host's value. Repeatable.")
            .build();
    private final OptionSpec workdir = OptionSpec.builder("-w", "--workdir")
            .paramLabel("DIR")
            .type(String.class)
            .description("Start in the guest's directory DIR.")
            .build();
    private final OptionSpec net = OptionSpec.builder("--net")
            .paramLabel("WHAT")
            .type(List.class)
            .auxiliaryTypes(NetworkOption.class)
            .converters(NetworkOption::parse)
            .description("Let the guest use the host's network: connect=HOST:PORT[-PORT][/udp] (HOST is an address, a range"
                    + " such as 10.0.0.0/8, a name, or * for the internet; PORT may be *);"
                    + " listen=[ADDRESS:]PORT[:GUESTPORT]; names to look names up. Repeatable.")
            .build();
    private final OptionSpec timeout = OptionSpec.builder("--timeout")
            .paramLabel("TIME")
            .type(Duration.class)
            .converters(DurationOption::parse)
            .description("Kill everything after TIME seconds (or with a suffix: s, m, h, d) and exit with 124.")
            .build();
    private final OptionSpec memory = OptionSpec.builder("--memory")
            .paramLabel("SIZE")
            .type(Long.class)
            .converters(SandboxOptions::sizeAboveZero)
            .description("Let all programs together have at most SIZE bytes of memory (or with a suffix: k, m, g): more is"
                    + " refused, or the largest are killed.")
            .build();
    private final OptionSpec strace = OptionSpec.builder("--strace")
            .type(boolean.class)
            .description("Write every system call and its result to standard error.")
            .build();

    /** Makes these options of the command. */
    void addTo(CommandSpec spec) {
        spec.addOption(volume).addOption(mount).addOption(tarIn).addOption(tarOut).addOption(env).addOption(workdir).addOption(net).addOption(timeout).addOption(memory).addOption(strace);
    }

    /** What to mount: first what {@code -v} gave, then what {@code --mount} did. */
    List<MountOption> mounts() {
        List<MountOption> all = new ArrayList<>();
        for (OptionSpec option : List.of(volume, mount)) {
            List<MountOption> mounts = option.getValue();
            all.addAll(mounts == null ? List.of() : mounts);
        }
        return all;
    }

    /** Archives to extract at the start. */
    List<ArchiveOption> archivesIn() {
        List<ArchiveOption> archives = tarIn.getValue();
        return archives == null ? List.of() : archives;
    }

    /** Archives to write at the end. */
    List<ArchiveOption> archivesOut() {
        List<ArchiveOption> archives = tarOut.getValue();
        return archives == null ? List.of() : archives;
    }

    /** Guest directory to start in, or null for the default. */
    String workingDirectory() {
        return workdir.getValue();
    }

    /** What the guest may use of the host's network. */
    List<NetworkOption> network() {
        List<NetworkOption> rules = net.getValue();
        return rules == null ? List.of() : rules;
    }

    /** Longest time the guest may run, or null for no limit. */
    Duration timeout() {
        return timeout.getValue();
    }

    /** What the guest may use. */
    SandboxLimits limits() {
        Long most = memory.getValue();
        return most == null ? SandboxLimits.DEFAULT : SandboxLimits.DEFAULT.withResidentMemory(most);
    }

    /** Whether something is asked for that only a sandbox has. */
    boolean isNeeded() {
        return trace()
                || memory.getValue() != null
                || workingDirectory() != null
                || !network().isEmpty()
                || !archivesIn().isEmpty()
                || !archivesOut().isEmpty()
                || mounts().stream().anyMatch(mount -> DirectoryOption.of(mount) == null);
    }

    /** Whether system calls are traced. */
    boolean trace() {
        return Boolean.TRUE.equals(strace.getValue());
    }

    private static String variable(String text) {
        if (text.isEmpty() || text.startsWith("=")) {
            throw new TypeConversionException("'" + text + "' names no variable");
        }
        return text;
    }

    private static long sizeAboveZero(String text) {
        long size = MountOption.size(text);
        if (size == 0) {
            throw new TypeConversionException("'" + text + "' is not a size above zero");
        }
        return size;
    }

    /**
     * The variables asked for with {@code -e}; the last of a name counts.
     *
     * @param host the host's environment, where {@code -e K} takes its value from
     */
    Map<String, String> environment(Map<String, String> host) {
        List<String> settings = env.getValue();
        Map<String, String> variables = new LinkedHashMap<>();
        for (String text : settings == null ? List.<String>of() : settings) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? host.get(name) : text.substring(equals + 1);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }
}
