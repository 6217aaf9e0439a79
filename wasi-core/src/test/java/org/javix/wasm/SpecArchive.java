package org.javix.wasm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tukaani.xz.XZInputStream;

/** The archive with the official WebAssembly test suite, which lies beside the repository. */
final class SpecArchive {
    /** Relative to the directory of this Maven module. */
    static final Path PATH = Path.of("..", "..", "shared", "wasm-testsuite.tar.xz").toAbsolutePath().normalize();

    private static final int BLOCK = 512;

    private SpecArchive() {}

    /** The scripts by their path in the archive, one char per byte. */
    static SortedMap<String, String> scripts() throws IOException {
        SortedMap<String, String> scripts = new TreeMap<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(PATH));
                DataInputStream in = new DataInputStream(new XZInputStream(file))) {
            byte[] header = new byte[BLOCK];
            for (in.readFully(header); header[0] != 0; in.readFully(header)) {
                String name = field(header, 0, 100);
                int size = Integer.parseInt(field(header, 124, 12).strip(), 8);
                byte[] content = new byte[size];
                in.readFully(content);
                in.skipNBytes(-size & BLOCK - 1);
                if (name.endsWith(".wast")) {
                    scripts.put(name, new String(content, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return scripts;
    }

    private static String field(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
