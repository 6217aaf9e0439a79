package org.javix.process;

import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.Inode;
import org.javix.vfs.Stat;

/** A root directory and nothing else. */
final class EmptyFileSystem extends FileSystem {
    private final Inode root = new Inode() {
        @Override public FileSystem fileSystem() { return EmptyFileSystem.this; }
        @Override public long number() { return 1; }
        @Override public int mode() { return FileMode.S_IFDIR | 0755; }
        @Override public int uid() { return 0; }
        @Override public int gid() { return 0; }
        @Override public int stat(Stat out) { out.clear(); return 0; }
    };
    @Override public Inode root() { return root; }
    @Override public String type() { return "empty"; }
}
