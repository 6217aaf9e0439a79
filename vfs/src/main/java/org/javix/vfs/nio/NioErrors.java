package org.javix.vfs.nio;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EIO;
import static org.javix.vfs.Errno.ELOOP;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;
import static org.javix.vfs.Errno.EXDEV;

import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a provider throws, as errnos. */
final class NioErrors {
    private NioErrors() {}

    /** A negative errno; -EIO for what cannot be told apart. */
    static int errno(Exception failure) {
        return switch (failure) {
            case NoSuchFileException e -> -ENOENT;
            case FileAlreadyExistsException e -> -EEXIST;
            case DirectoryNotEmptyException e -> -ENOTEMPTY;
            case NotDirectoryException e -> -ENOTDIR;
            case AccessDeniedException e -> -EACCES;
            case FileSystemLoopException e -> -ELOOP;
            case NotLinkException e -> -EINVAL;
            case AtomicMoveNotSupportedException e -> -EXDEV;
            case ReadOnlyFileSystemException e -> -EROFS;
            case SecurityException e -> -EACCES;
            case InvalidPathException e -> -EINVAL;
            case UnsupportedOperationException e -> -EPERM; // as Linux for links that a file system does not have
            default -> byText(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
        };
    }

    private static int byText(String message) {
        if (message.contains("space")) {
            return -ENOSPC; // there is no exception for it
        }
        if (message.contains("not a directory")) {
            return -ENOTDIR;
        }
        return message.contains("symbolic link") ? -ELOOP : -EIO;
    }

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                set.add(permission);
            }
        }
        return set;
    }
}
