package org.javix.wasm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The explicit list of what is left out of the official suite, {@code spec-exclusions.txt}. A line is one of
 *
 * <pre>
 * FILE all REASON        the whole script is left out; FILE may be a directory, with / at its end
 * FILE COUNT REASON      COUNT commands need a feature that is not supported
 * FILE:LINE REASON       the command that starts in this line is left out
 * </pre>
 *
 * The counts are compared exactly, so that the list cannot outlive its reasons.
 */
final class SpecExclusions {
    private final Map<String, String> scripts = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, String> commands = new HashMap<>();

    SpecExclusions() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                SpecExclusions.class.getResourceAsStream("spec-exclusions.txt"), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
        }
    }

    private void add(String line) {
        String[] words = line.split(" +", 3);
        if (words[0].contains(":")) {
            commands.put(words[0], line);
        } else if (words[1].equals("all")) {
            scripts.put(words[0], words[2]);
        } else {
            counts.merge(words[0], Integer.parseInt(words[1]), Integer::sum);
        }
    }

    /** Why the whole script is left out, or null. */
    String script(String name) {
        return scripts.getOrDefault(name, scripts.get(name.substring(0, name.lastIndexOf('/') + 1)));
    }

    /** Whether a command of a script is left out. */
    boolean command(String name, int line) {
        return commands.containsKey(name + ":" + line);
    }

    /** How many commands of a script need a feature that is not supported. */
    int unsupported(String name) {
        return counts.getOrDefault(name, 0);
    }
}
