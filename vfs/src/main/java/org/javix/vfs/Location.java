package org.javix.vfs;

/**
 * A place in the tree: an inode as seen through one mount.
 *
 * @param mount the mount
 * @param inode an inode of the mount's file system
 */
public record Location(Mount mount, Inode inode) {}
