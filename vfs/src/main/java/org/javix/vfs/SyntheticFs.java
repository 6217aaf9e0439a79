package org.javix.vfs;

import java.util.List;
import java.util.function.Function;

/**
 * A read-only file system whose directories and files are computed when they are looked at, as
 * {@code /proc} is. Make nodes with {@link #directory}, {@link #file}, {@link #link}, {@link #magicLink}.
 */
public final class SyntheticFs extends FileSystem {
    private final String type;

    /** What a directory holds at the moment. */
    public interface Entries {
        /** The node of a name, or null. The same name may give a new node each time; equal nodes are one file. */
        Inode lookup(String name);

        /** The names, in any order. */
        List<String> names();
    }

    /** An empty file system; {@link #setRoot} fills it. */
    public SyntheticFs(String type) {
        this.type = type;
    }

    /** Sets what the root directory holds. */
    public void setRoot(Entries entries) {}

    /** A directory. {@code key} identifies the node: nodes with equal keys are the same file. */
    public Inode directory(Object key, Inode parent, String name, int permissions, int uid, int gid, Entries entries) {
        return null;
    }

    /** A file whose content is computed at each open. */
    public Inode file(Object key, int permissions, int uid, int gid, Function<FsContext, byte[]> content) {
        return null;
    }

    /** A symbolic link whose target may depend on who follows it. */
    public Inode link(Object key, int uid, int gid, Function<FsContext, String> target) {
        return null;
    }

    /** A link that leads to an open file, whatever its text says, as in {@code /proc/self/fd}. */
    public Inode magicLink(
            Object key, int uid, int gid, Function<FsContext, String> target, Function<FsContext, OpenFile> file) {
        return null;
    }

    @Override
    public Inode root() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public String type() {
        return type;
    }
}
