package org.javix.vfs.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.HostFs;
import org.javix.vfs.Mounts;

/**
 * Copies trees of files between a tree of the virtual file system and the host: to and from directories, and tar
 * archives. Kept are modes, owners, times in nanoseconds, extended attributes, hard and symbolic links, devices, FIFOs,
 * holes, and names of any bytes. A tree ends where another file system is mounted; its mount point is an empty
 * directory.
 *
 * <p>What comes from an archive is not trusted: whatever its names and links are, files are made below the directory that
 * was named and nowhere else.
 *
 * <p>Everything that is refused throws {@link IOException}; what was copied until then stays. Paths are absolute, one
 * char per byte.
 */
public final class Transfer {
    private Transfer() {}

    /**
     * Copies what is in a directory of the host.
     *
     * @param context whose permissions count
     * @param directory of the context's tree; it exists
     */
    public static void fromHost(FsContext context, String directory, Path host) throws IOException {
        try (HostFs source = HostFs.readOnly(host)) {
            copy(new FsContext(new Mounts(source), Credentials.ROOT), below(context, directory));
        }
    }

    /**
     * Copies a directory to one of the host, which exists.
     *
     * @return the paths of FIFOs, devices and sockets: they cannot be made there
     */
    public static List<String> toHost(FsContext context, String directory, Path host) throws IOException {
        try (HostFs target = HostFs.readWrite(host)) {
            FsContext there = new FsContext(new Mounts(target), Credentials.ROOT);
            there.setUmask(0);
            return copy(below(context, directory), there);
        }
    }

    private static List<String> copy(FsContext from, FsContext to) throws IOException {
        TreeBuilder builder = new TreeBuilder(to);
        new TreeReader(from, builder).run();
        builder.finish();
        return builder.leftOut();
    }

    /**
     * Extracts a tar archive: POSIX (ustar, pax) or GNU, with long names, sparse files, and extended attributes as GNU
     * tar and libarchive write them; not compressed.
     */
    public static void fromTar(FsContext context, String directory, InputStream archive) throws IOException {
        TreeBuilder builder = new TreeBuilder(below(context, directory));
        new TarInput(archive, builder).run();
        builder.finish();
    }

    /** Writes what is in a directory as a tar archive in the pax format, uncompressed, and flushes the stream. */
    public static void toTar(FsContext context, String directory, OutputStream archive) throws IOException {
        TarOutput output = new TarOutput(archive);
        new TreeReader(below(context, directory), output).run();
        output.finish();
    }

    /** The same view with a directory as the root. */
    private static FsContext below(FsContext context, String directory) throws IOException {
        FsContext inside = context.fork();
        check(FileCalls.chdir(inside, null, directory), directory);
        inside.setRoot(inside.cwd());
        inside.setUmask(0);
        return inside;
    }

    static long check(long result, String path) throws IOException {
        if (result < 0) {
            throw new FileSystemException(path, null, Errno.message((int) -result));
        }
        return result;
    }
}
