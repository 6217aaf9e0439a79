package org.javix.userland;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.javix.vfs.FileSystem;

/**
 * A tar archive of the host as a read-only file system, meant to lie under a sandbox's own files. The archive
 * is mapped, not read; it must not change while it is open. Immutable and thread-safe.
 */
public final class ImageFs extends FileSystem {
    private ImageInode root;
    private List<ImageInode> files;

    private ImageFs() {}

    /**
     * Opens an archive in the format of POSIX (ustar), for the JVM's life.
     *
     * @throws IOException if it cannot be read or has entries of another kind than files, directories and links
     */
    public static ImageFs open(Path archive) throws IOException {
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
            MemorySegment bytes = file.map(MapMode.READ_ONLY, 0, file.size(), Arena.global());
            ImageFs fs = new ImageFs();
            TarReader reader = new TarReader(fs, bytes);
            fs.root = reader.read();
            fs.files = reader.files();
            List<String> hashes = ImageHashes.read(archive);
            for (int i = 0; i < hashes.size() && i < fs.files.size(); i++) {
                fs.files.get(i).setSha256(hashes.get(i));
            }
            return fs;
        }
    }

    @Override
    public ImageInode root() {
        return root;
    }

    /** Hands over the content of every regular file, in the archive's order. */
    void forEachFile(Consumer<MemorySegment> action) {
        files.forEach(file -> action.accept(file.content()));
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
