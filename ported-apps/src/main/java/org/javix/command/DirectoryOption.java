package org.javix.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.javix.vfs.HostFs;

/**
 * A host directory that a WASI program gets: {@code HOST[::GUEST]}. It may change what is there.
 *
 * @param host an existing directory
 * @param guest the path by which the program finds it: as given, or the host's as it was written
 */
record DirectoryOption(Path host, String guest, boolean writable) {
    private static final String SEPARATOR = "::";

    /** Reads the option's text. */
    static DirectoryOption parse(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        String host = at < 0 ? text : text.substring(0, at);
        String guest = at < 0 ? text : text.substring(at + SEPARATOR.length());
        // What an overlay needs is a directory.
        return new DirectoryOption(MountOption.host(host, MountOption.Access.OVERLAY), guest, true);
    }

    /** What {@code -v} means to a WASI program; null if it means something that only a sandbox has. */
    static DirectoryOption of(MountOption mount) {
        return mount.host() == null || mount.access() == MountOption.Access.OVERLAY || !Files.isDirectory(mount.host())
                ? null
                : new DirectoryOption(mount.host(), mount.guest(), mount.access() == MountOption.Access.RW);
    }

    HostFs open() {
        try {
            return writable ? HostFs.readWrite(host) : HostFs.readOnly(host);
        } catch (IOException e) {
            throw new CommandFailure("cannot open the host's " + host + ": " + e.getMessage());
        }
    }
}
