package org.javix.vfs.nio;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESTALE;
import static org.javix.vfs.Errno.EXDEV;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.javix.vfs.AtFlags;
import org.javix.vfs.DirectoryReader;
import org.javix.vfs.FileMode;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;

/** A file in a {@link NioFs}: whatever is at its path now. Two of the same path and number are the same file. */
final class NioInode extends Inode {
    private final NioFs fs;
    private final NioInode parent;
    private final String name;
    private final Path path;
    private final long number;
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;

    NioInode(NioFs fs, NioInode parent, String name, Path path, long number, int mode) {
        this.fs = fs;
        this.parent = parent;
        this.name = name;
        this.path = path;
        this.number = number;
        this.mode = mode;
        uid = fs.uid();
        gid = fs.gid();
    }

    /** A file of a provider, in which failures are exceptions. */
    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    private static int errno(Call call) {
        try {
            call.run();
            return 0;
        } catch (IOException | RuntimeException e) {
            return NioErrors.errno(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NioInode inode && inode.fs == fs && inode.number == number && inode.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public FileSystem fileSystem() {
        return fs;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int gid() {
        return gid;
    }

    @Override
    public Inode parent() {
        return parent == null ? this : parent;
    }

    @Override
    public String name() {
        return parent == null ? null : name;
    }

    Path path() {
        return path;
    }

    // Attributes

    @Override
    public int stat(Stat out) {
        return errno(() -> read(path, out));
    }

    /** Looks at mode and owner again. */
    int refresh() {
        Stat stat = new Stat();
        int error = stat(stat);
        if (error == 0) {
            note(stat);
        }
        return error;
    }

    private void note(Stat stat) {
        mode = stat.mode;
        uid = stat.uid;
        gid = stat.gid;
    }

    private void read(Path file, Stat out) throws IOException {
        Class<? extends BasicFileAttributes> kind =
                fs.has("posix") ? PosixFileAttributes.class : BasicFileAttributes.class;
        BasicFileAttributes attributes = Files.readAttributes(file, kind, LinkOption.NOFOLLOW_LINKS);
        int type = attributes.isDirectory() ? FileMode.S_IFDIR
                : attributes.isSymbolicLink() ? FileMode.S_IFLNK
                : attributes.isRegularFile() ? FileMode.S_IFREG
                : FileMode.S_IFSOCK; // something special, which cannot be opened
        out.clear();
        out.dev = fs.device();
        out.ino = file.equals(path) ? number : fs.number(file, attributes);
        out.nlink = attributes.isDirectory() ? 2 : 1;
        out.uid = fs.uid();
        out.gid = fs.gid();
        out.size = attributes.size();
        out.blksize = 4096;
        out.blocks = (attributes.size() + 511) / 512;
        out.mode = type | usualBits(file, type);
        if (attributes instanceof PosixFileAttributes more) {
            out.mode = type | VfsAttributes.bits(more.permissions());
        }
        if (fs.has("unix")) {
            unix(file, out);
        }
        times(attributes, out);
    }

    private static int usualBits(Path file, int type) {
        return switch (type) {
            case FileMode.S_IFLNK -> 0777;
            case FileMode.S_IFDIR -> 0755;
            case FileMode.S_IFREG -> Files.isExecutable(file) ? 0755 : 0644;
            default -> 0;
        };
    }

    private static void unix(Path file, Stat out) throws IOException {
        var values = Files.readAttributes(file, "unix:nlink,uid,gid", LinkOption.NOFOLLOW_LINKS);
        out.nlink = values.get("nlink") instanceof Integer links ? links : out.nlink;
        out.uid = values.get("uid") instanceof Integer owner ? owner : out.uid;
        out.gid = values.get("gid") instanceof Integer group ? group : out.gid;
    }

    private static void times(BasicFileAttributes attributes, Stat out) {
        Instant modified = attributes.lastModifiedTime().toInstant();
        Instant accessed = attributes.lastAccessTime().toInstant();
        out.mtimeSec = out.ctimeSec = modified.getEpochSecond();
        out.mtimeNsec = out.ctimeNsec = modified.getNano();
        out.atimeSec = accessed.getEpochSecond();
        out.atimeNsec = accessed.getNano();
    }

    @Override
    public int setMode(int permissions) {
        if ((permissions & FileMode.PERMISSIONS) == (mode & FileMode.PERMISSIONS)) {
            return 0;
        }
        if (!fs.has("posix")) {
            return -EPERM;
        }
        int error = errno(() -> Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(NioErrors.permissions(permissions)));
        return error == 0 ? refresh() : error;
    }

    @Override
    public int setOwner(int newUid, int newGid, int permissions) {
        boolean same = (newUid == -1 || newUid == uid) && (newGid == -1 || newGid == gid);
        if (!same && !fs.has("unix")) {
            return -EPERM;
        }
        int error = same ? 0 : errno(() -> {
            if (newUid != -1) {
                Files.setAttribute(path, "unix:uid", newUid, LinkOption.NOFOLLOW_LINKS);
            }
            if (newGid != -1) {
                Files.setAttribute(path, "unix:gid", newGid, LinkOption.NOFOLLOW_LINKS);
            }
        });
        return error == 0 ? refresh() : error;
    }

    @Override
    public int setTimes(long aSec, int aNsec, long mSec, int mNsec) {
        return errno(() -> Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time(mSec, mNsec), time(aSec, aNsec), null));
    }

    private static FileTime time(long seconds, int nanoseconds) {
        return switch (nanoseconds) {
            case AtFlags.UTIME_OMIT -> null;
            case AtFlags.UTIME_NOW -> FileTime.from(Instant.now());
            default -> FileTime.from(Instant.ofEpochSecond(seconds, nanoseconds));
        };
    }

    // Directories

    /** The path of an entry; null if the provider has no such names. */
    private Path child(String entry) {
        try {
            Path child = path.resolve(ByteNames.toText(entry));
            Path last = child.getFileName();
            boolean plain = path.equals(child.getParent()) && last != null && ByteNames.toBytes(last.toString()).equals(entry);
            return plain ? child : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean isName(Path file) throws IOException {
        Path real = file.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName();
        return real != null && real.toString().equals(file.getFileName().toString());
    }

    @Override
    public int lookup(String entry, Found out) {
        Path child = child(entry);
        if (child == null) {
            return -ENOENT;
        }
        Stat stat = new Stat();
        int error = errno(() -> {
            read(child, stat);
            // A file system that does not tell upper from lower case answers for names that are not there.
            if (!isName(child)) {
                throw new NoSuchFileException(entry);
            }
        });
        if (error == 0) {
            NioInode inode = new NioInode(fs, this, entry, child, stat.ino, stat.mode);
            inode.note(stat);
            out.inode = inode;
        }
        return error;
    }

    @Override
    public int list(DirectoryReader sink) {
        Set<String> names = new TreeSet<>();
        int error = errno(() -> {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    String text = entry.getFileName().toString();
                    names.add(ByteNames.toBytes(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
                }
            }
        });
        if (error < 0) {
            return error;
        }
        int count = 0;
        Found found = new Found();
        for (String entry : names) {
            if (lookup(entry, found) == 0) {
                int type = FileMode.directoryType(found.inode.mode());
                if (!sink.entry(found.inode.number(), count + 3L, type, entry)) {
                    break;
                }
                count++;
            }
        }
        return count;
    }

    private int make(String entry, Found out, Function<Path, Call> how) {
        Path child = child(entry);
        if (child == null) {
            return -EINVAL;
        }
        int error = errno(how.apply(child));
        if (error == 0 || error == -EEXIST) {
            int found = lookup(entry, out);
            return error == 0 ? found : error;
        }
        return error;
    }

    @Override
    public int create(String entry, int newMode, int newUid, int newGid, long rdev, Found out) {
        if (!FileMode.isDirectory(newMode) && !FileMode.isRegular(newMode)) {
            return -EPERM;
        }
        int error = make(entry, out, child -> () -> {
            if (FileMode.isDirectory(newMode)) {
                Files.createDirectory(child);
            } else {
                Files.newByteChannel(child, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)).close();
            }
        });
        if (error == 0) {
            // As far as the provider can.
            out.inode.setOwner(newUid, newGid, newMode);
            out.inode.setMode(newMode);
        }
        return error;
    }

    @Override
    public int symlink(String entry, String target, int newUid, int newGid, Found out) {
        return make(entry, out, child ->
                () -> Files.createSymbolicLink(child, child.getFileSystem().getPath(ByteNames.toText(target))));
    }

    @Override
    public int link(String entry, Inode file) {
        if (!(file instanceof NioInode other) || other.fs != fs) {
            return -EXDEV;
        }
        return make(entry, new Found(), child -> () -> Files.createLink(child, other.path));
    }

    @Override
    public int unlink(String entry, Inode expected) {
        return remove(entry, expected);
    }

    @Override
    public int rmdir(String entry, Inode expected) {
        return remove(entry, expected);
    }

    private int remove(String entry, Inode expected) {
        Found found = new Found();
        if (lookup(entry, found) < 0 || !found.inode.equals(expected)) {
            return -ESTALE;
        }
        Path child = ((NioInode) found.inode).path;
        int error = errno(() -> Files.delete(child));
        if (error == 0) {
            fs.removed(child);
        }
        return error;
    }

    @Override
    public int rename(String entry, Inode expected, Inode newDirectory, String newName, Inode target, int flags) {
        if (!(newDirectory instanceof NioInode to) || to.fs != fs) {
            return -EXDEV;
        }
        Path from = child(entry);
        Path where = to.child(newName);
        if ((flags & AtFlags.RENAME_EXCHANGE) != 0 || from == null || where == null) {
            return -EINVAL;
        }
        boolean directory = expected.isDirectory();
        if (target != null && target.isDirectory() && target.list((ino, next, type, name) -> true) > 0) {
            return -ENOTEMPTY;
        }
        int error = errno(() -> Files.move(from, where, target == null
                ? new StandardCopyOption[0]
                : new StandardCopyOption[] {StandardCopyOption.REPLACE_EXISTING}));
        if (directory && error == -ENOTEMPTY) {
            return -EXDEV; // the provider would have to copy what is in it
        }
        if (error == 0) {
            fs.moved(from, where);
        }
        return error;
    }

    @Override
    public Result<String> readLink(FsContext context) {
        if (!isSymbolicLink()) {
            return Result.failed(-EINVAL);
        }
        try {
            return Result.of(ByteNames.toBytes(Files.readSymbolicLink(path).toString()));
        } catch (IOException | RuntimeException e) {
            return Result.failed(NioErrors.errno(e));
        }
    }

    // Content

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        if (isDirectory()) {
            return Result.of(OpenFile.directory(flags, where));
        }
        Set<OpenOption> options = new HashSet<>();
        if (OpenFlags.reads(flags)) {
            options.add(StandardOpenOption.READ);
        }
        if (OpenFlags.writes(flags)) {
            options.add(StandardOpenOption.WRITE);
        }
        try {
            return Result.of(new NioFile(this, channel(options), flags, where));
        } catch (IOException | RuntimeException e) {
            return Result.failed(NioErrors.errno(e));
        }
    }

    private SeekableByteChannel channel(Set<OpenOption> options) throws IOException {
        Set<OpenOption> strict = new HashSet<>(options);
        strict.add(LinkOption.NOFOLLOW_LINKS);
        try {
            return Files.newByteChannel(path, strict);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Files.newByteChannel(path, options); // a provider without links, so nothing not to follow
        }
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        try (SeekableByteChannel channel = channel(Set.of(StandardOpenOption.READ))) {
            return NioFile.read(channel, buffer, at, length, position);
        } catch (IOException | RuntimeException e) {
            return NioErrors.errno(e);
        }
    }

    @Override
    public int truncate(long size) {
        if (isDirectory()) {
            return -EISDIR;
        }
        try (SeekableByteChannel channel = channel(Set.of(StandardOpenOption.WRITE))) {
            return NioFile.resize(channel, size);
        } catch (IOException | RuntimeException e) {
            return NioErrors.errno(e);
        }
    }
}
