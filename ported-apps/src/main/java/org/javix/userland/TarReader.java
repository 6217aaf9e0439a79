package org.javix.userland;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the headers of a tar archive into inodes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06">ustar</a>
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int MODE = 100;
    private static final int UID = 108;
    private static final int GID = 116;
    private static final int SHORT_NUMBER = 8;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int LONG_NUMBER = 12;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int PERMISSIONS = 07777;

    private final ImageFs fs;
    private final MemorySegment file;
    private final ImageInode root;
    private final byte[] header = new byte[BLOCK];
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
            MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, header, 0, BLOCK);
            if (header[NAME] == 0) {
                break;
            }
            long size = number(SIZE, LONG_NUMBER);
            entry(at + BLOCK, size);
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return root;
    }

    /** The regular files, in the archive's order. */
    List<ImageInode> files() {
        return files;
    }

    private void entry(long contentAt, long size) throws IOException {
        String prefix = text(PREFIX, PREFIX_LENGTH);
        String path = prefix.isEmpty() ? text(NAME, NAME_LENGTH) : prefix + "/" + text(NAME, NAME_LENGTH);
        ImageInode.Attributes attributes = new ImageInode.Attributes(
                (int) number(MODE, SHORT_NUMBER) & PERMISSIONS,
                (int) number(UID, SHORT_NUMBER),
                (int) number(GID, SHORT_NUMBER),
                number(TIME, LONG_NUMBER));
        char type = (char) header[TYPE];
        if (type == '1') {
            link(path, find(text(LINK, NAME_LENGTH)));
            return;
        }
        ImageInode inode = make(path);
        switch (type) {
            case '0', 0 -> {
                inode.beFile(attributes, file.asSlice(contentAt, size));
                files.add(inode);
            }
            case '2' -> inode.beLink(attributes, text(LINK, NAME_LENGTH));
            case '5' -> inode.beDirectory(attributes);
            default -> throw new IOException(path + ": a tar entry of type " + type);
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

    /** A char for each byte, as names are inside a sandbox. */
    private String text(int at, int most) {
        int length = 0;
        while (length < most && header[at + length] != 0) {
            length++;
        }
        return new String(header, at, length, StandardCharsets.ISO_8859_1);
    }

    private long number(int at, int length) {
        long value = 0;
        for (int i = at; i < at + length; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                value = value << 3 | header[i] - '0';
            }
        }
        return value;
    }
}
