package org.javix.userland;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The hashes of an image's files, computed when Javix is installed and kept beside the archive. The first line
 * says which archive they are of, by its size and time; each further line is a hash, in the order in which the
 * archive has the files.
 */
public final class ImageHashes {
    private ImageHashes() {}

    /** Computes the hashes of an archive and writes them beside it. */
    public static void write(Path archive) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(version(archive));
        ImageFs.open(archive).forEachFile(file -> lines.add(sha256(file)));
        Files.write(beside(archive), lines, StandardCharsets.US_ASCII);
    }

    /** The hashes of the archive's files; none if they are not there or of another archive. */
    static List<String> read(Path archive) throws IOException {
        Path file = beside(archive);
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (!lines.isEmpty() && lines.getFirst().equals(version(archive))) {
                return lines.subList(1, lines.size());
            }
        }
        return List.of();
    }

    private static Path beside(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".sha256");
    }

    private static String version(Path archive) throws IOException {
        return Files.size(archive) + " " + Files.getLastModifiedTime(archive).toMillis();
    }

    private static String sha256(MemorySegment content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(content.toArray(ValueLayout.JAVA_BYTE)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
