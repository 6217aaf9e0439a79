package org.javix.vfs.nio;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Errno;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/** What {@link java.nio.file.Files} calls. Each file system has one of its own; it is not found by URI. */
final class VfsProvider extends FileSystemProvider {
    static final String SCHEME = "javix";

    private final VfsFileSystem fs;

    VfsProvider(VfsFileSystem fs) {
        this.fs = fs;
    }

    private FsContext context() {
        return fs.context();
    }

    private static String name(Path path) {
        return VfsPath.of(path).forCall();
    }

    private static int follow(LinkOption... options) {
        return Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS) ? AtFlags.AT_SYMLINK_NOFOLLOW : 0;
    }

    private static int mode(int usual, FileAttribute<?>... attributes) {
        int mode = usual;
        for (FileAttribute<?> attribute : attributes) {
            if (!attribute.name().equals("posix:permissions")) {
                throw new UnsupportedOperationException("'" + attribute.name() + "' cannot be given to a new file");
            }
            @SuppressWarnings("unchecked")
            Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) attribute.value();
            mode = VfsAttributes.bits(permissions);
        }
        return mode;
    }

    // The file system

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new FileSystemAlreadyExistsException("a sandbox makes its own");
    }

    @Override
    public VfsFileSystem getFileSystem(URI uri) {
        return fs;
    }

    @Override
    public Path getPath(URI uri) {
        if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException(uri.toString());
        }
        return fs.getPath(uri.getPath());
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        OpenFile file = open(path, OpenFlags.O_PATH, 0);
        try {
            return new VfsStore(fs, file.location().mount());
        } finally {
            file.release();
        }
    }

    // Opening

    OpenFile open(Path path, int flags, int mode) throws IOException {
        Result<OpenFile> result =
                FileCalls.open(context(), Waiter.uninterruptible(), null, name(path), flags, mode);
        VfsErrors.check(result.error(), path);
        return result.value();
    }

    @Override
    public FileChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean append = options.contains(StandardOpenOption.APPEND);
        boolean write = append || options.contains(StandardOpenOption.WRITE);
        boolean read = options.contains(StandardOpenOption.READ) || !write;
        if (append && (options.contains(StandardOpenOption.READ) || options.contains(StandardOpenOption.TRUNCATE_EXISTING))) {
            throw new IllegalArgumentException("APPEND goes neither with READ nor with TRUNCATE_EXISTING");
        }
        int flags = read && write ? OpenFlags.O_RDWR : write ? OpenFlags.O_WRONLY : OpenFlags.O_RDONLY;
        for (OpenOption option : options) {
            flags |= option instanceof StandardOpenOption standard
                    ? flag(standard, write)
                    : option == LinkOption.NOFOLLOW_LINKS ? OpenFlags.O_NOFOLLOW : unknown(option);
        }
        OpenFile file = open(path, flags, mode(0666, attributes));
        if (!write && FileMode.isDirectory(file.inode().mode())) {
            file.release();
            throw VfsErrors.exception(Errno.EISDIR, path, null);
        }
        Path removed = options.contains(StandardOpenOption.DELETE_ON_CLOSE) ? path : null;
        return new VfsChannel(file, path, removed);
    }

    private static int flag(StandardOpenOption option, boolean write) {
        return switch (option) {
            case APPEND -> OpenFlags.O_APPEND;
            case DELETE_ON_CLOSE -> OpenFlags.O_NOFOLLOW; // the name that is removed must be the file's
            case TRUNCATE_EXISTING -> write ? OpenFlags.O_TRUNC : 0;
            case CREATE -> write ? OpenFlags.O_CREAT : 0;
            case CREATE_NEW -> write ? OpenFlags.O_CREAT | OpenFlags.O_EXCL : 0;
            default -> 0; // a file here is as safe without being written through
        };
    }

    private static int unknown(OpenOption option) {
        throw new UnsupportedOperationException(option.toString());
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        Result<OpenFile> opened = FileCalls.open(
                context(), Waiter.uninterruptible(), null, name(directory),
                OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        if (opened.error() == -Errno.ENOTDIR) {
            throw new NotDirectoryException(directory.toString());
        }
        VfsErrors.check(opened.error(), directory);
        try {
            return VfsDirectoryStream.read(VfsPath.of(directory), opened.value(), filter);
        } finally {
            opened.value().release();
        }
    }

    // Names

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        VfsErrors.check(FileCalls.mkdir(context(), null, name(directory), mode(0777, attributes)), directory);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        String text = ByteNames.toBytes(VfsPath.of(target).toString());
        VfsErrors.check(FileCalls.symlink(context(), text, null, name(link)), link);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        VfsErrors.check(FileCalls.link(context(), null, name(existing), null, name(link), 0), existing, link);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        Result<String> target = FileCalls.readLink(context(), null, name(link));
        if (target.error() == -Errno.EINVAL) {
            throw new NotLinkException(link.toString());
        }
        VfsErrors.check(target.error(), link);
        return fs.pathOfBytes(target.value());
    }

    @Override
    public void delete(Path path) throws IOException {
        int error = FileCalls.unlink(context(), null, name(path));
        if (error == -Errno.EISDIR) {
            error = FileCalls.rmdir(context(), null, name(path));
        }
        VfsErrors.check(error, path);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        List<CopyOption> wanted = List.of(options);
        if (wanted.contains(StandardCopyOption.ATOMIC_MOVE)) {
            throw new UnsupportedOperationException("a copy is not made in one step");
        }
        boolean noFollow = wanted.contains(LinkOption.NOFOLLOW_LINKS);
        boolean attributes = wanted.contains(StandardCopyOption.COPY_ATTRIBUTES);
        copy(source, target, noFollow, wanted.contains(StandardCopyOption.REPLACE_EXISTING), attributes);
    }

    private void copy(Path source, Path target, boolean noFollow, boolean replace, boolean attributes)
            throws IOException {
        int flags = noFollow ? AtFlags.AT_SYMLINK_NOFOLLOW : 0;
        VfsAttributes from = new VfsAttributeView(VfsPath.of(source), flags).readAttributes();
        Stat to = new Stat();
        if (FileCalls.stat(context(), null, name(target), AtFlags.AT_SYMLINK_NOFOLLOW, to) == 0) {
            if (from.stat().dev == to.dev && from.stat().ino == to.ino) {
                return;
            }
            if (!replace) {
                throw new FileAlreadyExistsException(target.toString());
            }
            delete(target);
        }
        int mode = from.stat().mode & FileMode.PERMISSIONS;
        if (from.isDirectory()) {
            VfsErrors.check(FileCalls.mkdir(context(), null, name(target), mode), target);
        } else if (from.isSymbolicLink()) {
            createSymbolicLink(target, readSymbolicLink(source));
        } else if (from.isRegularFile()) {
            copyContent(source, target, mode);
        } else {
            VfsErrors.check(FileCalls.mknod(context(), null, name(target), from.stat().mode, from.stat().rdev), target);
        }
        if (attributes) {
            copyAttributes(from.stat(), VfsPath.of(target));
        }
    }

    private void copyContent(Path source, Path target, int mode) throws IOException {
        OpenFile in = open(source, OpenFlags.O_RDONLY, 0);
        try (FileChannel from = new VfsChannel(in, source, null);
                FileChannel to = new VfsChannel(
                        open(target, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, mode), target, null)) {
            for (long done = 0, count; (count = from.transferTo(done, Long.MAX_VALUE, to)) > 0; done += count) {}
        }
    }

    private void copyAttributes(Stat from, VfsPath target) throws IOException {
        String name = target.forCall();
        int keep = AtFlags.AT_SYMLINK_NOFOLLOW;
        int error = FileCalls.chown(context(), null, name, from.uid, from.gid, keep);
        if (error < 0 && error != -Errno.EPERM) {
            VfsErrors.check(error, target); // only the superuser gives files away; others keep them
        }
        if (!FileMode.isSymbolicLink(from.mode)) {
            VfsErrors.check(FileCalls.chmod(context(), null, name, from.mode & FileMode.PERMISSIONS, 0), target);
        }
        VfsErrors.check(
                FileCalls.utimens(
                        context(), null, name, from.atimeSec, from.atimeNsec, from.mtimeSec, from.mtimeNsec, keep),
                target);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        List<CopyOption> wanted = List.of(options);
        if (wanted.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
            throw new UnsupportedOperationException("what is moved keeps its attributes");
        }
        boolean atomic = wanted.contains(StandardCopyOption.ATOMIC_MOVE);
        boolean replace = wanted.contains(StandardCopyOption.REPLACE_EXISTING);
        if (!atomic && !replace && same(source, target)) {
            return;
        }
        int flags = atomic || replace ? 0 : AtFlags.RENAME_NOREPLACE;
        int error = FileCalls.rename(context(), null, name(source), null, name(target), flags);
        if (replace && !atomic && (error == -Errno.EISDIR || error == -Errno.ENOTDIR) && exists(target)) {
            delete(target); // a file in the place of a directory, or the reverse
            error = FileCalls.rename(context(), null, name(source), null, name(target), flags);
        }
        if (error != -Errno.EXDEV) {
            VfsErrors.check(error < 0 && !atomic && !exists(source) ? -Errno.ENOENT : error, source, target);
            return;
        }
        if (atomic) {
            throw new AtomicMoveNotSupportedException(source.toString(), target.toString(), Errno.message(Errno.EXDEV));
        }
        try (DirectoryStream<Path> entries = isDirectory(source) ? newDirectoryStream(source, entry -> true) : null) {
            if (entries != null && entries.iterator().hasNext()) {
                throw VfsErrors.exception(Errno.ENOTEMPTY, source, null);
            }
        }
        copy(source, target, true, replace, true);
        delete(source);
    }

    private boolean exists(Path path) {
        return FileCalls.stat(context(), null, name(path), AtFlags.AT_SYMLINK_NOFOLLOW, new Stat()) == 0;
    }

    private boolean isDirectory(Path path) {
        Stat stat = new Stat();
        return FileCalls.stat(context(), null, name(path), AtFlags.AT_SYMLINK_NOFOLLOW, stat) == 0
                && FileMode.isDirectory(stat.mode);
    }

    private boolean same(Path one, Path other) {
        Stat a = new Stat();
        Stat b = new Stat();
        return FileCalls.stat(context(), null, name(one), AtFlags.AT_SYMLINK_NOFOLLOW, a) == 0
                && FileCalls.stat(context(), null, name(other), AtFlags.AT_SYMLINK_NOFOLLOW, b) == 0
                && a.dev == b.dev
                && a.ino == b.ino;
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        if (one.equals(other)) {
            return true;
        }
        if (!(other instanceof VfsPath path) || path.getFileSystem() != fs) {
            return false;
        }
        return readAttributes(one, PosixFileAttributes.class).fileKey()
                .equals(readAttributes(other, PosixFileAttributes.class).fileKey());
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    VfsPath realPath(VfsPath path, LinkOption... options) throws IOException {
        VfsAttributes attributes = new VfsAttributeView(path, follow(options)).readAttributes();
        if (follow(options) != 0) {
            return path.toAbsolutePath().normalize();
        }
        if (attributes.isDirectory()) {
            FsContext there = context().fork();
            VfsErrors.check(FileCalls.chdir(there, null, path.forCall()), path);
            Result<String> real = FileCalls.getcwd(there);
            VfsErrors.check(real.error(), path);
            return fs.pathOfBytes(real.value());
        }
        VfsPath whole = path.toAbsolutePath();
        Result<String> link = FileCalls.readLink(context(), null, whole.forCall());
        if (!link.isFailure()) {
            return realPath(whole.getParent().resolve(fs.pathOfBytes(link.value())));
        }
        return realPath(whole.getParent()).resolve(whole.getFileName());
    }

    // Attributes

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        int mask = 0;
        for (AccessMode mode : modes) {
            mask |= switch (mode) {
                case READ -> FileMode.READ;
                case WRITE -> FileMode.WRITE;
                case EXECUTE -> FileMode.EXECUTE;
            };
        }
        VfsErrors.check(FileCalls.access(context(), null, name(path), mask, AtFlags.AT_EACCESS), path);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        VfsPath file = VfsPath.of(path);
        if (type == UserDefinedFileAttributeView.class) {
            return type.cast(new VfsUserAttributeView(file, follow(options)));
        }
        return VfsAttributeView.supports(type) ? type.cast(new VfsAttributeView(file, follow(options))) : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (!type.isAssignableFrom(VfsAttributes.class)) {
            throw new UnsupportedOperationException(type.getName());
        }
        return type.cast(new VfsAttributeView(VfsPath.of(path), follow(options)).readAttributes());
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        VfsPath file = VfsPath.of(path);
        return attributes.startsWith("user:")
                ? new VfsUserAttributeView(file, follow(options)).read(attributes.substring(5).split(","))
                : new VfsAttributeView(file, follow(options)).read(attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        VfsPath file = VfsPath.of(path);
        if (attribute.startsWith("user:")) {
            new VfsUserAttributeView(file, follow(options)).set(attribute.substring(5), value);
        } else {
            new VfsAttributeView(file, follow(options)).set(attribute, value);
        }
    }
}
