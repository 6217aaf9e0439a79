/**
 * Inodes, mounts and descriptors.
 *
 * <p>An expected failure is a value: a method that returns {@code int} or {@code long} answers a
 * negative {@link org.javix.vfs.Errno errno}, as a Linux system call does. An exception is a bug.
 */
package org.javix.vfs;
