package org.javix.vfs;

/**
 * A place in the tree: an inode as seen through one mount.
 *
 * @param mount the mount
 * @param inode an inode of the mount's file system
 */
public record Location(Mount mount, Inode inode) {
    /** The path of a directory below another one, as {@code getcwd} gives it; null if it cannot be reached from there. */
    public String pathBelow(Location root) {
        return Paths.below(root, this);
    }

    /** The path of a directory from the namespace's root; {@code "(deleted)"} if it was removed. */
    public String path() {
        return Paths.of(this, null, null);
    }
}
