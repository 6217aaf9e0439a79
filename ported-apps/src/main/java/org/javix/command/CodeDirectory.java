package org.javix.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the command keeps what it has compiled for its next runs: {@code code} in the directory that {@code JAVIX_CACHE}
 * names, else in {@code javix} of the user's cache directory (XDG Base Directory Specification). The system
 * property {@code javix.codeCache} names another one; empty, it means none.
 */
final class CodeDirectory {
    static final String PROPERTY = "javix.codeCache";

    private CodeDirectory() {}

    /** Sets the property, unless it is set. */
    static void choose() {
        if (System.getProperty(PROPERTY) != null) {
            return;
        }
        Path directory = of(System.getenv(), System.getProperty("user.home"));
        if (directory != null) {
            System.setProperty(PROPERTY, directory.toString());
        }
    }

    /** The directory, or null where the environment names none. */
    static Path of(Map<String, String> environment, String home) {
        Path cache = absolute(environment.get("JAVIX_CACHE"));
        if (cache == null) {
            Path caches = absolute(environment.get("XDG_CACHE_HOME"));
            Path user = absolute(home);
            if (caches == null && user != null) {
                caches = user.resolve(".cache");
            }
            cache = caches == null ? null : caches.resolve("javix");
        }
        return cache == null ? null : cache.resolve("code");
    }

    private static Path absolute(String name) {
        try {
            Path path = name == null || name.isEmpty() ? null : Path.of(name);
            return path != null && path.isAbsolute() ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
