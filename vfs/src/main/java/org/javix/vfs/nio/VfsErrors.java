package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.javix.vfs.Errno;

/** Negative errnos as the exceptions that {@link java.nio.file.Files} promises. */
final class VfsErrors {
    private VfsErrors() {}

    /** Throws what a result means unless it is none. */
    static long check(long result, Path path) throws IOException {
        if (result < 0) {
            throw exception((int) -result, path, null);
        }
        return result;
    }

    /** The same for calls with two paths. */
    static void check(int result, Path path, Path other) throws IOException {
        if (result < 0) {
            throw exception(-result, path, other);
        }
    }

    static FileSystemException exception(int errno, Path path, Path other) {
        String file = path == null ? null : path.toString();
        String second = other == null ? null : other.toString();
        return switch (errno) {
            case Errno.ENOENT -> new NoSuchFileException(file, second, null);
            case Errno.EEXIST -> new FileAlreadyExistsException(second == null ? file : second);
            case Errno.EACCES -> new AccessDeniedException(file, second, null);
            case Errno.EPERM -> new AccessDeniedException(file, second, Errno.message(errno));
            case Errno.ENOTEMPTY -> new DirectoryNotEmptyException(second == null ? file : second);
            case Errno.ELOOP -> new FileSystemLoopException(file);
            default -> new FileSystemException(file, second, Errno.message(errno));
        };
    }
}
