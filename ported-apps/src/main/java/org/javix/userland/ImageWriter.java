package org.javix.userland;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** Writes a tree of the host's files as an image; see {@link ImageFs}. */
final class ImageWriter {
    private static final int ALIGNMENT = 4096;
    private static final int TYPE_AND_PERMISSIONS = 0177777;

    private final List<Path> files = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private long end;

    private ImageWriter() {}

    /** Writes {@code tree} to {@code image}, whole or not at all. */
    static void write(Path tree, Path image) throws IOException {
        Path unfinished = image.resolveSibling(image.getFileName() + ".new");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
            new ImageWriter().write(tree, out);
        }
        Files.move(unfinished, image, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(Path tree, OutputStream out) throws IOException {
        // Offsets come after the index, whose length does not depend on them.
        int length = index(tree).length;
        files.clear();
        offsets.clear();
        end = align(2 * Integer.BYTES + length);
        byte[] index = index(tree);
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(ImageFs.MAGIC);
        data.writeInt(index.length);
        data.write(index);
        long position = 2 * Integer.BYTES + index.length;
        for (int i = 0; i < files.size(); i++) {
            data.write(new byte[Math.toIntExact(offsets.get(i) - position)]);
            position = offsets.get(i) + Files.copy(files.get(i), data);
        }
    }

    private byte[] index(Path tree) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        entry(tree, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void entry(Path path, DataOutputStream out) throws IOException {
        var attributes = Files.readAttributes(path, "unix:mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        out.writeInt((int) attributes.get("mode") & TYPE_AND_PERMISSIONS);
        out.writeLong(((FileTime) attributes.get("lastModifiedTime")).toMillis() / 1000);
        if (Files.isSymbolicLink(path)) {
            out.writeUTF(bytesAsChars(Files.readSymbolicLink(path)));
        } else if (Files.isDirectory(path)) {
            List<Path> entries;
            try (var list = Files.list(path)) {
                entries = list.sorted().toList();
            }
            out.writeInt(entries.size());
            for (Path entry : entries) {
                out.writeUTF(bytesAsChars(entry.getFileName()));
                entry(entry, out);
            }
        } else {
            long size = (long) attributes.get("size");
            out.writeLong(end);
            out.writeLong(size);
            files.add(path);
            offsets.add(end);
            end = align(end + size);
        }
    }

    private static long align(long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Names inside a sandbox have a char for each byte. */
    private static String bytesAsChars(Path path) {
        return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
