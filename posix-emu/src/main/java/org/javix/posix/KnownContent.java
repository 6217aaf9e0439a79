package org.javix.posix;

/**
 * A {@linkplain org.javix.vfs.Inode#contentIdentity content identity} that knows the content's hash. Hashing a
 * program of 180 KB takes a JVM that has just started 70 ms.
 */
public interface KnownContent {
    /** The SHA-256 of the content in lower-case hexadecimal; null if it is not known after all. */
    String sha256();
}
