package org.javix.vfs.nio;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.javix.vfs.FsContext;

/**
 * A tree of files as a {@link FileSystem} of Java. {@link java.nio.file.Files} works on its paths: reading, writing,
 * walking, links of both kinds, and the attribute views {@code basic}, {@code owner}, {@code posix} and {@code unix}.
 * What it does is done with the permissions of its {@link FsContext}.
 *
 * <p>A name that is not valid UTF-8 has a text that leads back to it: each wrong byte is a lone surrogate, U+DC00 plus
 * the byte. Relative paths start at {@code /}. Changes are not watched: {@link #newWatchService} and
 * {@link Path#register} throw {@link UnsupportedOperationException}. It cannot be closed and holds nothing. Thread-safe.
 */
public final class VfsFileSystem extends FileSystem {
    private final FsContext context;
    private final VfsProvider provider = new VfsProvider(this);

    private VfsFileSystem(FsContext context) {
        this.context = context;
    }

    /**
     * A view of a tree.
     *
     * @param context the namespace, the root directory and whose permissions count; it is copied
     */
    public static VfsFileSystem of(FsContext context) {
        FsContext own = context.fork();
        own.setCwd(own.root());
        own.setUmask(0022);
        return new VfsFileSystem(own);
    }

    FsContext context() {
        return context;
    }

    /** A path of bytes, one char each. */
    VfsPath pathOfBytes(String bytes) {
        return new VfsPath(this, bytes);
    }

    @Override
    public VfsProvider provider() {
        return provider;
    }

    /** Always fails: the tree belongs to its sandbox. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("the files belong to the sandbox");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return context.root().mount().readOnly();
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(new VfsPath(this, "/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return context.mounts().list().stream().<FileStore>map(mount -> new VfsStore(this, mount)).toList();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic", "owner", "posix", "unix", "user");
    }

    @Override
    public Path getPath(String first, String... more) {
        StringBuilder path = new StringBuilder(first);
        for (String part : more) {
            if (!part.isEmpty()) {
                path.append(path.isEmpty() ? "" : "/").append(part);
            }
        }
        return new VfsPath(this, ByteNames.toBytes(path.toString()));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(syntaxAndPattern);
        }
        String text = syntaxAndPattern.substring(colon + 1);
        Pattern pattern = switch (syntaxAndPattern.substring(0, colon).toLowerCase(java.util.Locale.ROOT)) {
            case "glob" -> Glob.compile(text);
            case "regex" -> Pattern.compile(text);
            default -> throw new UnsupportedOperationException(syntaxAndPattern);
        };
        return path -> pattern.matcher(path.toString()).matches();
    }

    /** Users and groups by name, as {@code /etc/passwd} and {@code /etc/group} of the tree have them, or by number. */
    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return new UserPrincipalLookupService() {
            @Override
            public UserPrincipal lookupPrincipalByName(String name) throws IOException {
                return VfsPrincipal.lookUp(VfsFileSystem.this, name, false);
            }

            @Override
            public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
                return VfsPrincipal.lookUp(VfsFileSystem.this, group, true);
            }
        };
    }

    /** Always fails: changes are not watched. */
    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("changes are not watched");
    }
}
