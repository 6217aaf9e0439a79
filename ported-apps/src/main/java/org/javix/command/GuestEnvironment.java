package org.javix.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment that a guest starts with: nothing of the host's but the locale, and on a terminal its type.
 */
final class GuestEnvironment {
    static final String HOME = "/root";
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** What LC_ALL was before the launcher gave Java a locale of UTF-8; see there. */
    private static final String ORIGINAL_LC_ALL = "JAVIX_LC_ALL";

    private GuestEnvironment() {}

    /**
     * The variables.
     *
     * @param host the host's
     * @param asked those of the command line, which override
     * @param terminal whether the guest gets a terminal
     */
    static Map<String, String> of(Map<String, String> host, Map<String, String> asked, boolean terminal) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.put("HOME", HOME);
        variables.put("USER", "root");
        variables.put("LOGNAME", "root");
        variables.put("SHELL", "/bin/bash");
        if (terminal) {
            variables.put("TERM", host.getOrDefault("TERM", "dumb"));
        }
        host.forEach((name, value) -> {
            if (name.equals("LANG") || name.startsWith("LC_")) {
                variables.put(name, value);
            }
        });
        String original = host.get(ORIGINAL_LC_ALL);
        if (original != null) {
            variables.put("LC_ALL", original);
            variables.values().removeIf(String::isEmpty);
        }
        // Without any, the guest's C library would choose UTF-8, where Debian's chooses C.
        if (variables.keySet().stream().noneMatch(name -> name.equals("LANG") || name.startsWith("LC_"))) {
            variables.put("LANG", "C");
        }
        variables.putAll(asked);
        return variables;
    }
}
