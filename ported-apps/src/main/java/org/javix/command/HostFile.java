package org.javix.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.javix.posix.SandboxFiles;

/**
 * The script or program that the command line names. Where the guest has none of that name but the host has,
 * the guest gets a copy in the same place: an absolute path stays, a relative one counts from the guest's
 * working directory.
 */
record HostFile(Kind kind, String name) {
    private static final byte[] WASM = {0, 'a', 's', 'm'};
    private static final int READABLE = 0644;
    private static final int EXECUTABLE = 0755;

    /** How the guest will look for it. */
    enum Kind {
        /** Only as a path. */
        SCRIPT,
        /** A name without a slash by PATH. */
        PROGRAM
    }

    /**
     * Copies it if it has to be.
     *
     * @param directory the guest's working directory
     * @param path the guest's PATH
     * @param words where the program's name is replaced by a path that leads to the copy
     * @throws CommandFailure if the host has something of that name that cannot be what is wanted
     */
    void provide(SandboxFiles guest, String directory, String path, List<String> words) throws IOException {
        boolean byPath = kind == Kind.PROGRAM && !name.contains("/");
        if (name.isEmpty() || (byPath ? onPath(guest, path) : guest.exists(inGuest(directory)))) {
            return;
        }
        Path host = onHost(!byPath || name.endsWith(WasiCommand.SUFFIX));
        if (host == null) {
            return;
        }
        byte[] content;
        try {
            content = Files.readAllBytes(host);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the host's " + host);
        }
        if (kind == Kind.SCRIPT && isWasm(content)) {
            throw notExecutable("is a WebAssembly program, not a script; 'javix run' starts it");
        }
        String target = inGuest(directory);
        guest.createDirectories(target.substring(0, Math.max(1, target.lastIndexOf('/'))), EXECUTABLE);
        guest.write(target, content, Files.isExecutable(host) || isWasm(content) ? EXECUTABLE : READABLE);
        if (byPath) {
            words.set(0, target);
        }
    }

    private boolean onPath(SandboxFiles guest, String path) {
        for (String directory : path.split(":")) {
            if (guest.exists(directory + "/" + name)) {
                return true;
            }
        }
        return false;
    }

    private String inGuest(String directory) {
        return name.startsWith("/") ? name : (directory.endsWith("/") ? directory : directory + "/") + name;
    }

    /** @param certain whether nothing but the host's file can be meant, if there is one */
    private Path onHost(boolean certain) {
        try {
            Path host = Path.of(name);
            if (Files.isRegularFile(host)) {
                return host;
            }
            if (certain && Files.exists(host)) {
                throw notExecutable(Files.isDirectory(host) ? "is a directory" : "is not a regular file");
            }
        } catch (InvalidPathException e) {
            // The host has none of such a name.
        }
        return null;
    }

    private CommandFailure notExecutable(String reason) {
        return new CommandFailure(name + " " + reason, ExitCode.NOT_EXECUTABLE);
    }

    /** Whether a file begins as a WebAssembly module does. */
    static boolean isWasm(byte[] content) {
        return content.length > WASM.length && Arrays.equals(content, 0, WASM.length, WASM, 0, WASM.length);
    }
}
