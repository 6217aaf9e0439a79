package org.javix.posix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.javix.vfs.Errno;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;
import org.javix.vfs.transfer.Transfer;

/**
 * A sandbox's files, as its embedder reaches them: as the superuser. Paths are absolute. Whatever is
 * refused throws a {@link SandboxException} with the errno. Thread-safe.
 */
public final class SandboxFiles {
    private static final int CHUNK = 1 << 16;
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final FsContext root;

    SandboxFiles(FsContext root) {
        this.root = root;
        root.setUmask(0);
    }

    /** Whether the path leads to a file of any type. */
    public boolean exists(String path) {
        return FileCalls.access(root, null, name(path), 0, 0) == 0;
    }

    /** Whether the path leads to a directory. */
    public boolean isDirectory(String path) {
        Stat stat = new Stat();
        return FileCalls.stat(root, null, name(path), 0, stat) == 0 && FileMode.isDirectory(stat.mode);
    }

    /** A file's bytes. */
    public byte[] read(String path) throws SandboxException {
        OpenFile file = open(path, OpenFlags.O_RDONLY, 0);
        try {
            byte[] bytes = new byte[CHUNK];
            int length = 0;
            while (true) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                long got = file.read(
                        Waiter.uninterruptible(), MemorySegment.ofArray(bytes), length, bytes.length - length);
                check(path, got);
                if (got == 0) {
                    return Arrays.copyOf(bytes, length);
                }
                length += (int) got;
            }
        } finally {
            file.release();
        }
    }

    /** A file's bytes as UTF-8. */
    public String readString(String path) throws SandboxException {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    /**
     * Writes a file, replacing its content.
     *
     * @param mode permissions of a new file, such as 0755
     */
    public void write(String path, byte[] content, int mode) throws SandboxException {
        OpenFile file = open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, mode);
        try {
            MemorySegment bytes = MemorySegment.ofArray(content);
            int done = 0;
            while (done < content.length) {
                long count = file.write(Waiter.uninterruptible(), bytes, done, content.length - done);
                check(path, count);
                done += (int) count;
            }
        } finally {
            file.release();
        }
    }

    /** Writes a text file with permissions 0644, replacing its content. */
    public void writeString(String path, String content) throws SandboxException {
        write(path, content.getBytes(StandardCharsets.UTF_8), 0644);
    }

    /** Makes a directory and those that it lies in; one that exists is left as it is. */
    public void createDirectories(String path, int mode) throws SandboxException {
        String name = name(path);
        for (int slash = name.indexOf('/', 1); slash > 0; slash = name.indexOf('/', slash + 1)) {
            makeDirectory(name.substring(0, slash), DIRECTORY_MODE);
        }
        makeDirectory(name, mode);
    }

    private void makeDirectory(String name, int mode) throws SandboxException {
        int error = FileCalls.mkdir(root, null, name, mode);
        if (error != -Errno.EEXIST) {
            check(name, error);
        }
    }

    /** Removes a file that is not a directory. */
    public void delete(String path) throws SandboxException {
        check(path, FileCalls.unlink(root, null, name(path)));
    }

    /**
     * Copies what is in a directory of the host, with modes, owners, times, links, extended attributes and holes.
     *
     * @param guest a directory, which is made if it is missing
     */
    public void importDirectory(Path host, String guest) throws IOException {
        createDirectories(guest, DIRECTORY_MODE);
        Transfer.fromHost(root, name(guest), host);
    }

    /**
     * Copies a directory to the host.
     *
     * @param host an existing directory
     * @return the paths, from {@code guest} on, of FIFOs, devices and sockets: they are left out
     */
    public List<String> exportDirectory(String guest, Path host) throws IOException {
        return Transfer.toHost(root, name(guest), host).stream().map(GuestText::decode).toList();
    }

    /**
     * Extracts a tar archive (POSIX or GNU, not compressed). Whatever its names and links are, files are made below
     * {@code guest} only.
     *
     * @param guest a directory, which is made if it is missing
     */
    public void importTar(InputStream archive, String guest) throws IOException {
        createDirectories(guest, DIRECTORY_MODE);
        Transfer.fromTar(root, name(guest), archive);
    }

    /** Writes what is in a directory as a tar archive in the pax format; the stream stays open. */
    public void exportTar(String guest, OutputStream archive) throws IOException {
        Transfer.toTar(root, name(guest), archive);
    }

    /** Mounts a file system over a directory, or a file over a file; what is missing is made. */
    void mount(String point, FileSystem fileSystem, int flags, String source) throws SandboxException {
        boolean directory = fileSystem.root().isDirectory();
        if (!exists(point) && directory) {
            createDirectories(point, DIRECTORY_MODE);
        } else if (!exists(point)) {
            createDirectories(point.substring(0, Math.max(1, point.lastIndexOf('/'))), DIRECTORY_MODE);
            write(point, new byte[0], FILE_MODE);
        } else if (!directory && isDirectory(point)) {
            throw new SandboxException(point, -Errno.EISDIR);
        }
        check(point, FileCalls.mount(root, name(point), fileSystem, flags, source));
    }

    private OpenFile open(String path, int flags, int mode) throws SandboxException {
        Result<OpenFile> opened = FileCalls.open(root, Waiter.uninterruptible(), null, name(path), flags, mode);
        check(path, opened.error());
        return opened.value();
    }

    /** The path as the file system wants it: a char for each byte. */
    private static String name(String path) {
        return GuestText.encode(path);
    }

    private static void check(String subject, long result) throws SandboxException {
        if (result < 0) {
            throw new SandboxException(subject, (int) result);
        }
    }
}
