package org.javix.userland;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.transfer.TarHeader;

/**
 * Reads the headers of a tar archive into inodes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06">ustar</a>
 */
final class TarReader {
    private static final int BLOCK = TarHeader.BLOCK;

    private final ImageFs fs;
    private final MemorySegment file;
    private final ImageInode root;
    private final byte[] block = new byte[BLOCK];
    private final List<ImageInode> files = new ArrayList<>();
    private long inodes = 1;

    TarReader(ImageFs fs, MemorySegment file) {
        this.fs = fs;
        this.file = file;
        root = new ImageInode(fs, inodes, null, "");
        root.beDirectory(new ImageInode.Attributes(0755, 0, 0, 0));
    }

    ImageInode read() throws IOException {
        long at = 0;
        while (at + BLOCK <= file.byteSize()) {
            MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, block, 0, BLOCK);
            if (block[0] == 0) {
                break;
            }
            // Our own archive: adding up its headers at every start would take milliseconds.
            TarHeader header = TarHeader.parse(block);
            long size = header.size();
            entry(header, at + BLOCK);
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return root;
    }

    /** The regular files, in the archive's order. */
    List<ImageInode> files() {
        return files;
    }

    private void entry(TarHeader header, long contentAt) throws IOException {
        String path = header.name();
        ImageInode.Attributes attributes =
                new ImageInode.Attributes(header.mode(), header.uid(), header.gid(), header.modified());
        if (header.type() == '1') {
            link(path, find(header.link()));
            return;
        }
        ImageInode inode = make(path);
        switch (header.type()) {
            case '0', 0 -> {
                inode.beFile(attributes, file.asSlice(contentAt, header.size()));
                files.add(inode);
            }
            case '2' -> inode.beLink(attributes, header.link());
            case '5' -> inode.beDirectory(attributes);
            default -> throw new IOException(path + ": a tar entry of type " + header.type());
        }
    }

    /** The inode of a path, new if it is not there. Directories come before what lies in them. */
    private ImageInode make(String path) throws IOException {
        ImageInode parent = root;
        ImageInode inode = root;
        for (String name : path.split("/")) {
            if (!name.isEmpty() && !name.equals(".")) {
                parent = inode;
                inode = inode == null ? null : inode.entry(name);
            }
            if (parent == null) {
                throw new IOException(path + " comes before its directory");
            }
        }
        if (inode == null) {
            String name = lastName(path);
            inode = new ImageInode(fs, ++inodes, parent, name);
            parent.add(name, inode);
        }
        return inode;
    }

    private ImageInode find(String path) throws IOException {
        ImageInode inode = root;
        for (String name : path.split("/")) {
            if (!name.isEmpty() && !name.equals(".")) {
                inode = inode.entry(name);
            }
            if (inode == null) {
                throw new IOException("a link to " + path + " comes before it");
            }
        }
        return inode;
    }

    private void link(String path, ImageInode target) throws IOException {
        String directory = path.substring(0, path.length() - lastName(path).length());
        find(directory).add(lastName(path), target);
    }

    private static String lastName(String path) {
        String name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
