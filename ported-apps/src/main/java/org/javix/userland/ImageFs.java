package org.javix.userland;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.javix.vfs.FileSystem;
import org.javix.vfs.Inode;

/**
 * A file system in one file of the host, which is mapped: opening it reads the index and nothing else.
 * It is meant to lie under a sandbox's own files. The file must not change while it is open.
 * Immutable and thread-safe.
 *
 * <p>The file begins with {@link #MAGIC} and the index's length, both ints, and the index: the root's
 * entry. An entry is its mode (int), time of modification in seconds (long), and then, of a directory, the number of
 * its entries (int) and each one's name (UTF) and entry; of a symbolic link, the target (UTF); of a regular
 * file, offset and size of its content (longs). Numbers are big-endian. Everything belongs to the superuser.
 */
public final class ImageFs extends FileSystem {
    static final int MAGIC = 0x4a56_5831;

    private final ImageInode root;

    private ImageFs(MemorySegment file) throws IOException {
        MemorySegment header = file.asSlice(0, 2 * Integer.BYTES);
        int[] numbers = header.toArray(ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN));
        if (numbers[0] != MAGIC) {
            throw new IOException("not a userland image");
        }
        byte[] index = file.asSlice(header.byteSize(), numbers[1]).toArray(ValueLayout.JAVA_BYTE);
        root = new ImageIndex(this, file, new DataInputStream(new ByteArrayInputStream(index))).read(null, "");
    }

    /** Opens an image, for the JVM's life. */
    public static ImageFs open(Path image) throws IOException {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
            return new ImageFs(file.map(MapMode.READ_ONLY, 0, file.size(), Arena.global()));
        }
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "image";
    }

    @Override
    public boolean readOnly() {
        return true;
    }
}
