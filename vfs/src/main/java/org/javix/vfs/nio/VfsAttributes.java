package org.javix.vfs.nio;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.javix.vfs.FileMode;
import org.javix.vfs.Stat;

/** The attributes of a file at one moment. */
final class VfsAttributes implements PosixFileAttributes {
    private final Stat stat;

    VfsAttributes(Stat stat) {
        this.stat = stat;
    }

    Stat stat() {
        return stat;
    }

    private static FileTime time(long seconds, int nanoseconds) {
        return FileTime.from(Instant.ofEpochSecond(seconds, nanoseconds));
    }

    @Override
    public FileTime lastModifiedTime() {
        return time(stat.mtimeSec, stat.mtimeNsec);
    }

    @Override
    public FileTime lastAccessTime() {
        return time(stat.atimeSec, stat.atimeNsec);
    }

    /** The time of the last change of content, as where there is no time of creation. */
    @Override
    public FileTime creationTime() {
        return lastModifiedTime();
    }

    /** The time of the last change of content or attributes. */
    FileTime changeTime() {
        return time(stat.ctimeSec, stat.ctimeNsec);
    }

    @Override
    public boolean isRegularFile() {
        return FileMode.isRegular(stat.mode);
    }

    @Override
    public boolean isDirectory() {
        return FileMode.isDirectory(stat.mode);
    }

    @Override
    public boolean isSymbolicLink() {
        return FileMode.isSymbolicLink(stat.mode);
    }

    @Override
    public boolean isOther() {
        return !isRegularFile() && !isDirectory() && !isSymbolicLink();
    }

    @Override
    public long size() {
        return stat.size;
    }

    private record Key(long device, long number) {}

    @Override
    public Object fileKey() {
        return new Key(stat.dev, stat.ino);
    }

    @Override
    public UserPrincipal owner() {
        return new VfsPrincipal(stat.uid, false);
    }

    @Override
    public GroupPrincipal group() {
        return new VfsPrincipal(stat.gid, true);
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((stat.mode & bit(permission)) != 0) {
                set.add(permission);
            }
        }
        return set;
    }

    static int bits(Set<PosixFilePermission> permissions) {
        return permissions.stream().mapToInt(VfsAttributes::bit).sum();
    }

    // Declared in the order of the bits, the owner's permission to read first.
    private static int bit(PosixFilePermission permission) {
        return 0400 >> permission.ordinal();
    }
}
