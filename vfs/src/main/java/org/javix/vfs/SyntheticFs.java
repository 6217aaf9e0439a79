package org.javix.vfs;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;

/**
 * A read-only file system whose directories and files are computed when they are looked at, as
 * {@code /proc} is. {@link #directory}, {@link #file}, {@link #link} and {@link #privateLink} make its
 * nodes. Thread-safe if the functions given are.
 *
 * <p>A node may be made anew at every look: two nodes with equal keys are the same file, and the
 * inode number comes from the key.
 */
public final class SyntheticFs extends FileSystem {
    private final String type;
    private final long magic;
    private final InstantSource clock;
    private final SyntheticInode.Directory root;
    private volatile Entries entries = new Entries() {
        @Override
        public Inode lookup(String name) {
            return null;
        }

        @Override
        public List<String> names() {
            return List.of();
        }
    };

    /** What a directory holds at the moment. */
    public interface Entries {
        /** The node of a name, or null. */
        Inode lookup(String name);

        /** The names, in an order that changes as little as it can. */
        List<String> names();
    }

    /**
     * An empty file system; {@link #setRoot} fills it.
     *
     * @param type as in {@code /proc/mounts}, such as {@code "proc"}
     * @param magic as in {@code statfs}, such as 0x9fa0
     * @param clock gives the time stamps: a node always seems to be made just now
     */
    public SyntheticFs(String type, long magic, InstantSource clock) {
        this.type = type;
        this.magic = magic;
        this.clock = clock;
        root = new SyntheticInode.Directory(this, "/", null, null, 0555, 0, 0, new Entries() {
            @Override
            public Inode lookup(String name) {
                return entries.lookup(name);
            }

            @Override
            public List<String> names() {
                return entries.names();
            }
        });
    }

    /** Sets what the root directory holds. */
    public void setRoot(Entries content) {
        entries = content;
    }

    /**
     * A directory.
     *
     * @param key identifies the node in this file system
     * @param parent the directory it lies in
     */
    public Inode directory(Object key, Inode parent, String name, int permissions, int uid, int gid, Entries content) {
        return new SyntheticInode.Directory(this, key, parent, name, permissions, uid, gid, content);
    }

    /** What a directory was made with; null for any other node. */
    public static Entries content(Inode node) {
        return node instanceof SyntheticInode.Directory directory ? directory.entries() : null;
    }

    /**
     * A file whose content is computed at each open, and again when it is read from the beginning once more. The function
     * gets who opened it, and gives null to who may not (EACCES).
     */
    public Inode file(Object key, int permissions, int uid, int gid, Function<FsContext, byte[]> content) {
        return new SyntheticInode.File(this, key, permissions, uid, gid, content, null);
    }

    /**
     * A file that can be written to as well.
     *
     * @param taker gets who writes, and all of what one call writes: what the call gives
     */
    public Inode file(
            Object key, int permissions, int uid, int gid, Function<FsContext, byte[]> content,
            ToIntBiFunction<FsContext, byte[]> taker) {
        return new SyntheticInode.File(this, key, permissions, uid, gid, content, taker);
    }

    /** A symbolic link whose target may depend on who follows it. */
    public Inode link(Object key, int uid, int gid, Function<FsContext, String> target) {
        return privateLink(key, 0777, uid, gid, context -> true, target, context -> null);
    }

    /**
     * A link that leads to an open file, whatever its text says, as in {@code /proc/self/fd}.
     *
     * @param permissions 0777, or what the open file was opened for
     * @param allowed who may read and follow it; to others it gives EACCES
     * @param target the text; null for ENOENT
     * @param file the open file; null to follow the text
     */
    public Inode privateLink(
            Object key, int permissions, int uid, int gid, Predicate<FsContext> allowed,
            Function<FsContext, String> target, Function<FsContext, OpenFile> file) {
        return new SyntheticInode.Link(this, key, permissions, uid, gid, allowed, target, file);
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
    public int statfs(StatFs out) {
        super.statfs(out);
        out.type = magic;
        return 0;
    }

    long now() {
        var instant = clock.instant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
