package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.javix.vfs.AtFlags;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.Stat;

/** Reads and sets the attributes of one file. */
final class VfsAttributeView implements PosixFileAttributeView {
    private static final List<String> BASIC = List.of("lastModifiedTime", "lastAccessTime", "creationTime", "size",
            "isRegularFile", "isDirectory", "isSymbolicLink", "isOther", "fileKey");
    private static final List<String> POSIX = List.of("permissions", "owner", "group");
    private static final List<String> UNIX = List.of("mode", "ino", "dev", "rdev", "nlink", "uid", "gid", "ctime");

    private final VfsPath path;
    private final int flags;

    /** @param flags 0 or {@link AtFlags#AT_SYMLINK_NOFOLLOW} */
    VfsAttributeView(VfsPath path, int flags) {
        this.path = path;
        this.flags = flags;
    }

    static boolean supports(Class<? extends FileAttributeView> type) {
        return type == BasicFileAttributeView.class
                || type == FileOwnerAttributeView.class
                || type == PosixFileAttributeView.class;
    }

    private FsContext context() {
        return path.getFileSystem().context();
    }

    @Override
    public String name() {
        return "posix";
    }

    @Override
    public VfsAttributes readAttributes() throws IOException {
        Stat stat = new Stat();
        VfsErrors.check(FileCalls.stat(context(), null, path.forCall(), flags, stat), path);
        return new VfsAttributes(stat);
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return readAttributes().owner();
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
        chown(((VfsPrincipal) owner).id(), -1);
    }

    @Override
    public void setGroup(GroupPrincipal group) throws IOException {
        chown(-1, ((VfsPrincipal) group).id());
    }

    private void chown(int uid, int gid) throws IOException {
        VfsErrors.check(FileCalls.chown(context(), null, path.forCall(), uid, gid, flags), path);
    }

    private void chmod(int mode) throws IOException {
        VfsErrors.check(FileCalls.chmod(context(), null, path.forCall(), mode, flags), path);
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        int special = readAttributes().stat().mode & (FileMode.PERMISSIONS & ~0777);
        chmod(VfsAttributes.bits(permissions) | special);
    }

    /** Sets times; the time of creation is not kept. */
    @Override
    public void setTimes(FileTime modified, FileTime accessed, FileTime created) throws IOException {
        Instant read = accessed == null ? Instant.EPOCH : accessed.toInstant();
        Instant written = modified == null ? Instant.EPOCH : modified.toInstant();
        VfsErrors.check(
                FileCalls.utimens(
                        context(), null, path.forCall(),
                        read.getEpochSecond(), accessed == null ? AtFlags.UTIME_OMIT : read.getNano(),
                        written.getEpochSecond(), modified == null ? AtFlags.UTIME_OMIT : written.getNano(), flags),
                path);
    }

    // By name, as Files.readAttributes and Files.setAttribute want it

    Map<String, Object> read(String wanted) throws IOException {
        int colon = wanted.indexOf(':');
        String view = colon < 0 ? "basic" : wanted.substring(0, colon);
        List<String> names = switch (view) {
            case "basic" -> BASIC;
            case "owner" -> List.of("owner");
            case "posix" -> join(BASIC, POSIX);
            case "unix" -> join(join(BASIC, POSIX), UNIX);
            default -> throw new UnsupportedOperationException("no view '" + view + "'");
        };
        Set<String> chosen = new LinkedHashSet<>();
        for (String name : wanted.substring(colon + 1).split(",")) {
            if (name.equals("*")) {
                chosen.addAll(names);
            } else if (names.contains(name)) {
                chosen.add(name);
            } else {
                throw new IllegalArgumentException("no attribute '" + name + "' in " + view);
            }
        }
        VfsAttributes attributes = readAttributes();
        Map<String, Object> values = new LinkedHashMap<>();
        chosen.forEach(name -> values.put(name, value(attributes, name)));
        return values;
    }

    private static List<String> join(List<String> one, List<String> two) {
        return java.util.stream.Stream.concat(one.stream(), two.stream()).toList();
    }

    private static Object value(VfsAttributes all, String name) {
        Stat stat = all.stat();
        return switch (name) {
            case "lastModifiedTime" -> all.lastModifiedTime();
            case "lastAccessTime" -> all.lastAccessTime();
            case "creationTime" -> all.creationTime();
            case "size" -> all.size();
            case "isRegularFile" -> all.isRegularFile();
            case "isDirectory" -> all.isDirectory();
            case "isSymbolicLink" -> all.isSymbolicLink();
            case "isOther" -> all.isOther();
            case "fileKey" -> all.fileKey();
            case "permissions" -> all.permissions();
            case "owner" -> all.owner();
            case "group" -> all.group();
            case "mode" -> stat.mode;
            case "ino" -> stat.ino;
            case "dev" -> stat.dev;
            case "rdev" -> stat.rdev;
            case "nlink" -> stat.nlink;
            case "uid" -> stat.uid;
            case "gid" -> stat.gid;
            case "ctime" -> all.changeTime();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @SuppressWarnings("unchecked")
    void set(String attribute, Object value) throws IOException {
        switch (attribute.startsWith("basic:") ? attribute.substring(6) : attribute) {
            case "lastModifiedTime", "posix:lastModifiedTime", "unix:lastModifiedTime" ->
                setTimes((FileTime) value, null, null);
            case "lastAccessTime", "posix:lastAccessTime", "unix:lastAccessTime" -> setTimes(null, (FileTime) value, null);
            case "creationTime", "posix:creationTime", "unix:creationTime" -> {}
            case "posix:permissions", "unix:permissions" -> setPermissions((Set<PosixFilePermission>) value);
            case "posix:owner", "owner:owner", "unix:owner" -> setOwner((UserPrincipal) value);
            case "posix:group", "unix:group" -> setGroup((GroupPrincipal) value);
            case "unix:mode" -> chmod((Integer) value & FileMode.PERMISSIONS);
            case "unix:uid" -> chown((Integer) value, -1);
            case "unix:gid" -> chown(-1, (Integer) value);
            default -> {
                String view = attribute.contains(":") ? attribute.substring(0, attribute.indexOf(':')) : "basic";
                if (path.getFileSystem().supportedFileAttributeViews().contains(view)) {
                    throw new IllegalArgumentException("'" + attribute + "' cannot be set");
                }
                throw new UnsupportedOperationException("no view '" + view + "'");
            }
        }
    }
}
