package org.javix.userland;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.javix.vfs.FileMode;

/** Reads an image's index into inodes, numbered in the order of the index. */
final class ImageIndex {
    private final ImageFs fs;
    private final MemorySegment file;
    private final DataInputStream in;
    private long number;

    ImageIndex(ImageFs fs, MemorySegment file, DataInputStream in) {
        this.fs = fs;
        this.file = file;
        this.in = in;
    }

    ImageInode read(ImageInode parent, String name) throws IOException {
        int mode = in.readInt();
        long modified = in.readLong();
        ImageInode inode = new ImageInode(fs, ++number, mode, modified, parent, name);
        if (FileMode.isDirectory(mode)) {
            int count = in.readInt();
            Map<String, ImageInode> entries = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                String entry = in.readUTF();
                entries.put(entry, read(inode, entry));
            }
            inode.become(entries);
        } else if (FileMode.isSymbolicLink(mode)) {
            inode.become(in.readUTF());
        } else {
            inode.become(file.asSlice(in.readLong(), in.readLong()));
        }
        return inode;
    }
}
