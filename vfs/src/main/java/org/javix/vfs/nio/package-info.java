/** The tree of files as a {@link java.nio.file.FileSystem}, so that {@link java.nio.file.Files} works on it. */
package org.javix.vfs.nio;
