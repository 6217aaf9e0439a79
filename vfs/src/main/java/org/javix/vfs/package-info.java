/**
 * Inodes, mounts and descriptors.
 *
 * <p>An expected failure is a value: a method that returns {@code int} or {@code long} answers a
 * negative {@link org.javix.vfs.Errno errno}, as a Linux system call does. An exception is a bug.
 *
 * <p>A path is a string in which every char stands for one byte: whoever takes it from a program decodes
 * it as ISO 8859-1, so that any byte survives.
 *
 * <p>Bytes are passed as a memory segment with offset and length. Calls that can wait take a {@link
 * org.javix.vfs.Waiter}. Each object has its own lock; no lock is shared by a whole tree.
 */
package org.javix.vfs;
