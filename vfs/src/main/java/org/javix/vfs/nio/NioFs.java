package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.Inode;
import org.javix.vfs.StatFs;

/**
 * A directory of any {@link java.nio.file.FileSystem} as a file system to be mounted: an archive, a file system in
 * memory, one of a network. What its provider can do works; the rest fails with the errno that says so:
 *
 * <ul>
 *   <li>FIFOs, devices and sockets: EPERM; hard and symbolic links that the provider does not have: EPERM; permissions
 *       and owners that it does not have: EPERM, unless they are set to what they are shown as.
 *   <li>Without POSIX attributes all belongs to one user; directories have mode 0755 and files 0644, executable if the
 *       provider says so.
 *   <li>Inode numbers are given out here unless the provider has them, and hold while a file keeps its path.
 *   <li>Archives are read-only (EROFS): their provider replaces whole entries and nothing less. An
 *       {@link org.javix.vfs.OverlayFs} over one takes changes.
 *   <li>Renaming with RENAME_EXCHANGE: EINVAL. A provider that cannot move a directory: EXDEV, so that {@code mv} copies.
 * </ul>
 *
 * <p>Symbolic links are resolved in the guest's tree, never by the provider. But a provider knows no way to open a file
 * below a directory whatever happens meanwhile: who else can change the tree could lead a call outside of it, by
 * replacing a directory by a link at the right moment. So directories of the host are mounted with
 * {@link org.javix.vfs.HostFs} where that works; this is for trees that only trusted code changes. Thread-safe, as far
 * as the provider is.
 */
public final class NioFs extends FileSystem {
    private static final long MAGIC = 0x6a76_6e69;

    private static final Set<String> ARCHIVES = Set.of("jar", "zip", "jrt");

    private final Path top;
    private final String type;
    private final Set<String> views;
    private final boolean readOnly;
    private final int uid;
    private final int gid;
    private final NioInode root;
    private final AtomicLong lastNumber = new AtomicLong(1);
    private final Map<Object, Long> numbers = new ConcurrentHashMap<>();

    private NioFs(Path directory, boolean readOnly, int uid, int gid) throws IOException {
        top = directory.toRealPath();
        if (!Files.isDirectory(top)) {
            throw new NotDirectoryException(directory.toString());
        }
        this.uid = uid;
        this.gid = gid;
        boolean archive = ARCHIVES.contains(top.getFileSystem().provider().getScheme());
        this.readOnly = readOnly || archive || top.getFileSystem().isReadOnly();
        views = top.getFileSystem().supportedFileAttributeViews();
        type = "java-" + top.getFileSystem().provider().getScheme();
        root = new NioInode(this, null, "", top, 1, FileMode.S_IFDIR);
        root.refresh();
    }

    /** A directory that can be changed as far as its provider can; the user {@code uid} owns what has no owner. */
    public static NioFs of(Path directory, int uid, int gid) throws IOException {
        return new NioFs(directory, false, uid, gid);
    }

    /** The same for the superuser. */
    public static NioFs of(Path directory) throws IOException {
        return of(directory, 0, 0);
    }

    /** A directory that can only be read. */
    public static NioFs readOnly(Path directory) throws IOException {
        return new NioFs(directory, true, 0, 0);
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public int statfs(StatFs out) {
        super.statfs(out);
        out.type = MAGIC;
        try {
            var store = Files.getFileStore(top);
            out.blocks = store.getTotalSpace() / out.blockSize;
            out.blocksFree = store.getUnallocatedSpace() / out.blockSize;
            out.blocksAvailable = store.getUsableSpace() / out.blockSize;
        } catch (IOException | UnsupportedOperationException e) {
            // It does not know: as unlimited.
        }
        return 0;
    }

    int uid() {
        return uid;
    }

    int gid() {
        return gid;
    }

    boolean has(String view) {
        return views.contains(view);
    }

    /** A number for a file: of its key where the provider has one, else of its path. */
    long number(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return numbers.computeIfAbsent(key == null ? path : key, k -> lastNumber.incrementAndGet());
    }

    /** A file has another path: it keeps its number. */
    void moved(Path from, Path to) {
        Long number = numbers.remove(from);
        if (number != null) {
            numbers.put(to, number);
        }
    }

    /** A path is gone: what gets it next is another file. */
    void removed(Path path) {
        numbers.remove(path);
    }
}
