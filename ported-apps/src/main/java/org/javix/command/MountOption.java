package org.javix.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.posix.Sandbox;
import picocli.CommandLine.TypeConversionException;

/**
 * Something that the guest sees at a place of its tree: a directory or file of the host, or an empty file system. Two
 * notations: {@code HOST:GUEST[:ro|overlay|rw]}, and {@code type=host|tmpfs,source=HOST,target=GUEST,mode=...,size=...}.
 *
 * @param host what is mounted; null for an empty file system
 * @param guest absolute path in the guest
 * @param access what the guest may do with the host's files
 * @param size most bytes of an empty file system; 0 for the sandbox's limit
 */
record MountOption(Path host, String guest, Access access, long size) {

    /** What the guest may do with the host's files. */
    enum Access {
        /** Read them. */
        RO,
        /** Change them for itself: the changes stay in memory and are gone at the end. */
        OVERLAY,
        /** Change them. */
        RW
    }

    private static final List<String> KEYS = List.of("type", "source", "target", "mode", "size");

    /**
     * Reads {@code HOST:GUEST[:ro|overlay|rw]}.
     *
     * @throws TypeConversionException if it is malformed or the host has no such file
     */
    static MountOption parse(String text) {
        String rest = text;
        Access access = Access.RO;
        for (Access each : Access.values()) {
            String suffix = ":" + each.name().toLowerCase(java.util.Locale.ROOT);
            if (text.endsWith(suffix)) {
                access = each;
                rest = text.substring(0, text.length() - suffix.length());
            }
        }
        int colon = rest.lastIndexOf(':');
        if (colon <= 0) {
            throw new TypeConversionException("'" + text + "' is not HOST:GUEST[:ro|overlay|rw]");
        }
        String guest = rest.substring(colon + 1);
        if (!guest.startsWith("/")) {
            throw new TypeConversionException("'" + guest + "' is neither an absolute path of the guest nor ro, overlay or rw");
        }
        return new MountOption(host(rest.substring(0, colon), access), guest, access, 0);
    }

    /**
     * Reads {@code type=...,source=...,target=...}.
     *
     * @throws TypeConversionException if it is malformed or the host has no such file
     */
    static MountOption parseLong(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : text.split(",")) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2 || !KEYS.contains(parts[0])) {
                throw new TypeConversionException("'" + word + "' is not one of " + String.join("=, ", KEYS) + "=");
            }
            values.put(parts[0], parts[1]);
        }
        String type = values.getOrDefault("type", "host");
        boolean empty = type.equals("tmpfs");
        if (!empty && !type.equals("host")) {
            throw new TypeConversionException("the type is 'host' or 'tmpfs', not '" + type + "'");
        }
        for (String key : empty ? List.of("source", "mode") : List.of("size")) {
            if (values.containsKey(key)) {
                throw new TypeConversionException("there is no " + key + "= with type=" + type);
            }
        }
        String guest = required(values, "target");
        if (!guest.startsWith("/")) {
            throw new TypeConversionException("the guest path '" + guest + "' is not absolute");
        }
        if (empty) {
            return new MountOption(null, guest, Access.RW, size(values.getOrDefault("size", "0")));
        }
        Access access = access(values.getOrDefault("mode", "ro"));
        return new MountOption(host(required(values, "source"), access), guest, access, 0);
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new TypeConversionException(key + "= is missing");
        }
        return value;
    }

    private static Access access(String text) {
        for (Access access : Access.values()) {
            if (access.name().toLowerCase(java.util.Locale.ROOT).equals(text)) {
                return access;
            }
        }
        throw new TypeConversionException("the mode is 'ro', 'overlay' or 'rw', not '" + text + "'");
    }

    /** Reads a number of bytes, or with a suffix k, m or g. */
    static long size(String text) {
        if (!text.matches("[0-9]{1,12}[kmgKMG]?")) {
            throw new TypeConversionException("'" + text + "' is no size: a number of bytes, or with a suffix k, m or g");
        }
        int shift = 10 * ("kmg".indexOf(Character.toLowerCase(text.charAt(text.length() - 1))) + 1);
        long number = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new TypeConversionException("'" + text + "' is more than there can be");
        }
        return number << shift;
    }

    /**
     * A directory of the host, or a file where the access allows for one.
     *
     * @throws TypeConversionException if there is none of that name
     */
    static Path host(String name, Access access) {
        try {
            Path host = Path.of(name).toAbsolutePath().normalize();
            if (!name.isEmpty() && (Files.isDirectory(host) || access != Access.OVERLAY && Files.isRegularFile(host))) {
                return host;
            }
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + name + "' is not a path: " + e.getReason());
        }
        throw new TypeConversionException("the host has no directory" + (access == Access.OVERLAY ? "" : " or file")
                + " '" + name + "'");
    }

    /** Mounts it in a sandbox to be. */
    void addTo(Sandbox.Builder builder) {
        if (host == null) {
            if (size == 0) {
                builder.tmpfs(guest);
            } else {
                builder.tmpfs(guest, size, Long.MAX_VALUE);
            }
            return;
        }
        switch (access) {
            case RO -> builder.mount(host, guest);
            case OVERLAY -> builder.mountOverlay(host, guest);
            case RW -> builder.mountWritable(host, guest);
        }
    }
}
