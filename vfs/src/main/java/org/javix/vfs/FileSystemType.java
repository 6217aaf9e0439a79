package org.javix.vfs;

/** Makes file systems of one type when programs ask for them with {@code mount}. */
@FunctionalInterface
public interface FileSystemType {
    /**
     * Makes a file system; nothing of the host may be reachable through it.
     *
     * @param context who asks, as the superuser of the sandbox
     * @param source the first argument of {@code mount}; may be empty
     * @param options the last argument of {@code mount}: words with commas between them; may be empty
     * @return the file system, or an errno, such as -EINVAL for options that it does not know
     */
    Result<? extends FileSystem> open(FsContext context, String source, String options);
}
