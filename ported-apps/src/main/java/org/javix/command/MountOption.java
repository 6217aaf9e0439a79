package org.javix.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/**
 * A host directory that the guest sees: {@code HOST:GUEST[:ro|rw]}, read-only unless it says otherwise.
 *
 * @param host an existing directory
 * @param guest absolute path in the guest
 * @param writable whether the guest may change the host's files
 */
record MountOption(Path host, String guest, boolean writable) {

    /**
     * Reads the option's text.
     *
     * @throws TypeConversionException if it is malformed or the host directory does not exist
     */
    static MountOption parse(String text) {
        String rest = text;
        boolean writable = false;
        if (rest.endsWith(":rw") || rest.endsWith(":ro")) {
            writable = rest.endsWith(":rw");
            rest = rest.substring(0, rest.length() - 3);
        }
        int colon = rest.lastIndexOf(':');
        if (colon <= 0) {
            throw new TypeConversionException("'" + text + "' is not HOST:GUEST[:ro|rw]");
        }
        String guest = rest.substring(colon + 1);
        if (!guest.startsWith("/")) {
            throw new TypeConversionException("the guest path '" + guest + "' is not absolute");
        }
        Path host = hostDirectory(rest.substring(0, colon));
        return new MountOption(host, guest, writable);
    }

    private static Path hostDirectory(String name) {
        try {
            Path host = Path.of(name).toAbsolutePath().normalize();
            if (Files.isDirectory(host)) {
                return host;
            }
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + name + "' is not a path: " + e.getReason());
        }
        throw new TypeConversionException("the host has no directory '" + name + "'");
    }
}
