package org.javix.command;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.javix.posix.SandboxFiles;
import picocli.CommandLine.TypeConversionException;

/**
 * A tar archive of the host and a directory of the guest: {@code FILE:GUEST}.
 *
 * @param archive the host's file
 * @param guest absolute path in the guest
 */
record ArchiveOption(Path archive, String guest) {

    /**
     * Reads the option's text.
     *
     * @throws TypeConversionException if it is malformed
     */
    static ArchiveOption parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.startsWith("/", colon + 1)) {
            throw new TypeConversionException("'" + text + "' is not FILE:GUEST, with an absolute GUEST");
        }
        try {
            return new ArchiveOption(Path.of(text.substring(0, colon)), text.substring(colon + 1));
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is not a path: " + e.getReason());
        }
    }

    /** Extracts the archive. */
    void read(SandboxFiles files) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            files.importTar(in, guest);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("the host has no file '" + archive + "'");
        } catch (IOException e) {
            throw new CommandFailure("cannot extract '" + archive + "': " + e.getMessage());
        }
    }

    /** Writes the archive. */
    void write(SandboxFiles files) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
            files.exportTar(guest, out);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("the host has no directory for '" + archive + "'");
        } catch (IOException e) {
            throw new CommandFailure("cannot write '" + archive + "': " + e.getMessage());
        }
    }
}
