package org.javix.vfs.nio;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A path of a {@link VfsFileSystem}: bytes, compared as bytes. Immutable. */
final class VfsPath implements Path {
    private final VfsFileSystem fs;
    // Each char is a byte. Without a slash at the end, and without two in a row.
    private final String bytes;
    private final List<String> names;

    VfsPath(VfsFileSystem fs, String bytes) {
        this.fs = fs;
        StringBuilder clean = new StringBuilder(bytes.startsWith("/") ? "/" : "");
        names = new ArrayList<>();
        for (String name : bytes.split("/")) {
            if (!name.isEmpty()) {
                clean.append(names.isEmpty() ? "" : "/").append(name);
                names.add(name);
            }
        }
        this.bytes = clean.toString();
        if (names.isEmpty() && this.bytes.isEmpty()) {
            names.add("");
        }
        if (this.bytes.indexOf('\0') >= 0) {
            throw new InvalidPathException(ByteNames.toText(bytes), "a path has no NUL");
        }
    }

    /** A path as {@link Path}, checked to be one of this kind. */
    static VfsPath of(Path path) {
        if (Objects.requireNonNull(path) instanceof VfsPath own) {
            return own;
        }
        throw new ProviderMismatchException();
    }

    /** What the calls of the virtual file system take: the empty path is the current directory. */
    String forCall() {
        return bytes.isEmpty() ? "." : bytes;
    }

    private VfsPath make(String path) {
        return new VfsPath(fs, path);
    }

    @Override
    public VfsFileSystem getFileSystem() {
        return fs;
    }

    @Override
    public boolean isAbsolute() {
        return bytes.startsWith("/");
    }

    @Override
    public VfsPath getRoot() {
        return isAbsolute() ? make("/") : null;
    }

    @Override
    public VfsPath getFileName() {
        return names.isEmpty() ? null : make(names.getLast());
    }

    @Override
    public VfsPath getParent() {
        int slash = bytes.lastIndexOf('/');
        if (names.isEmpty() || slash < 0) {
            return null;
        }
        return make(slash == 0 ? "/" : bytes.substring(0, slash));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public VfsPath getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public VfsPath subpath(int begin, int end) {
        if (begin < 0 || end > names.size() || begin >= end) {
            throw new IllegalArgumentException();
        }
        return make(String.join("/", names.subList(begin, end)));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof VfsPath path
                && path.fs == fs
                && path.isAbsolute() == isAbsolute()
                && path.names.size() <= names.size()
                && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof VfsPath path) || path.fs != fs || path.names.size() > names.size()) {
            return false;
        }
        if (path.isAbsolute()) {
            return equals(path);
        }
        return !path.names.isEmpty()
                && names.subList(names.size() - path.names.size(), names.size()).equals(path.names);
    }

    @Override
    public VfsPath normalize() {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            boolean up = name.equals("..");
            if (up && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!name.equals(".") && !(up && isAbsolute())) {
                kept.add(name);
            }
        }
        return make((isAbsolute() ? "/" : "") + String.join("/", kept));
    }

    @Override
    public VfsPath resolve(Path other) {
        VfsPath path = of(other);
        if (path.isAbsolute() || bytes.isEmpty()) {
            return path;
        }
        return path.bytes.isEmpty() ? this : make(bytes + "/" + path.bytes);
    }

    @Override
    public VfsPath relativize(Path other) {
        VfsPath path = of(other);
        if (path.isAbsolute() != isAbsolute()) {
            throw new IllegalArgumentException("one path is absolute, the other is not");
        }
        if (bytes.isEmpty()) {
            return path;
        }
        if (hasDots() || path.hasDots()) {
            VfsPath from = normalize();
            VfsPath to = path.normalize();
            if (!from.equals(this) || !to.equals(path)) {
                return from.relativize(to);
            }
        }
        if (path.equals(this)) {
            return make("");
        }
        List<String> from = bytes.isEmpty() ? List.of() : names;
        List<String> to = path.bytes.isEmpty() ? List.of() : path.names;
        int common = 0;
        while (common < from.size() && common < to.size() && from.get(common).equals(to.get(common))) {
            common++;
        }
        List<String> result = new ArrayList<>();
        for (String name : from.subList(common, from.size())) {
            if (name.equals("..")) {
                throw new IllegalArgumentException("no path leads back from " + this);
            }
            result.add("..");
        }
        result.addAll(to.subList(common, to.size()));
        return make(String.join("/", result));
    }

    private boolean hasDots() {
        return names.contains(".") || names.contains("..");
    }

    @Override
    public URI toUri() {
        try {
            return new URI(VfsProvider.SCHEME, null, toAbsolutePath().toString(), null);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public VfsPath toAbsolutePath() {
        return isAbsolute() ? this : make("/").resolve(this);
    }

    @Override
    public VfsPath toRealPath(LinkOption... options) throws IOException {
        return fs.provider().realPath(this, options);
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("changes are not watched");
    }

    @Override
    public int compareTo(Path other) {
        return bytes.compareTo(((VfsPath) other).bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VfsPath path && path.fs == fs && path.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return ByteNames.toText(bytes);
    }
}
