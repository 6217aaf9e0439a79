package org.javix.vfs.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.javix.vfs.Credentials;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.TmpFs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same calls of {@code java.nio.file} are made in a directory of Java's own file system and of ours: results and types of
 * exceptions must be equal.
 */
class NioDifferenceTest {
    @TempDir
    Path host;

    @Test
    void callsGiveWhatTheyDoOnTheHost() throws Exception {
        FsContext context = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
        FileSystem own = VfsFileSystem.of(context);
        Path here = Files.createDirectory(own.getPath("/t"));
        List<String> expected = new Session(host.toRealPath()).run();
        List<String> found = new Session(here).run();
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (isMoreExact(expected.get(i), found.get(i))) {
                expected.set(i, found.get(i));
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    /** Whether the host says no more than that a call failed, and ours tells how. */
    private static boolean isMoreExact(String expected, String found) {
        int end = found.lastIndexOf(": ") + 2;
        return Set.of("IOException", "FileSystemException").contains(expected.substring(expected.lastIndexOf(": ") + 2))
                && expected.startsWith(found.substring(0, end))
                && Set.of("FileSystemException", "FileSystemLoopException", "AccessDeniedException", "DirectoryNotEmptyException")
                        .contains(found.substring(end));
    }

    /** Makes all calls in one directory. */
    private static final class Session {
        private final Path top;
        private final List<String> told = new ArrayList<>();

        Session(Path top) {
            this.top = top;
        }

        private Path at(String name) {
            return top.resolve(name);
        }

        /** A path or other value as it reads wherever the directory is. */
        private String text(Object value) {
            if (value instanceof Path path) {
                return path.isAbsolute() && path.startsWith(top) ? "TOP/" + top.relativize(path) : path.toString();
            }
            return String.valueOf(value);
        }

        private void call(String name, Callable<?> call) {
            String result;
            try {
                result = text(call.call());
            } catch (Exception e) {
                result = e.getClass().getSimpleName();
            }
            told.add(name + ": " + result);
        }

        List<String> run() throws Exception {
            prepare();
            opening();
            copying();
            moving();
            removing();
            linking();
            attributes();
            walking();
            paths();
            return told;
        }

        private void prepare() throws IOException {
            Files.writeString(at("file"), "content");
            Files.createDirectories(at("dir/sub"));
            Files.writeString(at("dir/inside"), "in");
            Files.createDirectory(at("empty"));
            Files.createSymbolicLink(at("link"), top.getFileSystem().getPath("file"));
            Files.createSymbolicLink(at("dirlink"), top.getFileSystem().getPath("dir"));
            Files.createSymbolicLink(at("dangling"), top.getFileSystem().getPath("nothing"));
            Files.createSymbolicLink(at("loop"), top.getFileSystem().getPath("loop"));
            Files.createSymbolicLink(at("dir/sub/up"), top.getFileSystem().getPath("../.."));
        }

        // Opening

        private static final OpenOption[][] OPENINGS = {
            {},
            {StandardOpenOption.READ},
            {StandardOpenOption.WRITE},
            {StandardOpenOption.APPEND},
            {StandardOpenOption.READ, StandardOpenOption.APPEND},
            {StandardOpenOption.APPEND, StandardOpenOption.TRUNCATE_EXISTING},
            {StandardOpenOption.CREATE},
            {StandardOpenOption.CREATE_NEW},
            {StandardOpenOption.WRITE, StandardOpenOption.CREATE},
            {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW},
            {StandardOpenOption.READ, StandardOpenOption.CREATE_NEW},
            {StandardOpenOption.READ, StandardOpenOption.TRUNCATE_EXISTING},
            {StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.CREATE},
            {StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.DELETE_ON_CLOSE},
            {StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE},
            {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE},
            {StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.SYNC},
            {StandardOpenOption.WRITE, StandardOpenOption.DSYNC},
            {LinkOption.NOFOLLOW_LINKS},
            {StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS},
            {StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.DELETE_ON_CLOSE, LinkOption.NOFOLLOW_LINKS},
        };

        private void opening() throws IOException {
            for (OpenOption[] options : OPENINGS) {
                boolean writes = List.of(options).contains(StandardOpenOption.WRITE) || List.of(options).contains(StandardOpenOption.APPEND);
                for (String name : List.of("file", "link", "dangling", "loop", "dir", "absent", "absent/x", "file/x", "dir/")) {
                    if (name.startsWith("dir") && !writes) {
                        continue; // Java's opens directories, and fails when they are read
                    }
                    String what = "open " + name + " " + List.of(options);
                    call(what, () -> {
                        try (SeekableByteChannel channel = Files.newByteChannel(at(name), options)) {
                            return use(channel);
                        }
                    });
                    call(what + ", as FileChannel", () -> {
                        try (FileChannel channel = FileChannel.open(at(name), options)) {
                            return use(channel);
                        }
                    });
                    Files.deleteIfExists(at("absent"));
                    Files.deleteIfExists(at("nothing"));
                    Files.deleteIfExists(at("link"));
                    Files.createSymbolicLink(at("link"), top.getFileSystem().getPath("file"));
                    Files.deleteIfExists(at("dangling"));
                    Files.createSymbolicLink(at("dangling"), top.getFileSystem().getPath("nothing"));
                    Files.writeString(at("file"), "content");
                }
            }
            for (String name : List.of("file", "link", "dangling", "dir", "absent", "loop")) {
                call("read " + name, () -> Files.readString(at(name)));
                call("stream in " + name, () -> {
                    try (var in = Files.newInputStream(at(name))) {
                        return in.read() + " " + in.available() + " " + in.skip(2) + " " + in.readAllBytes().length;
                    }
                });
                call("stream in for writing " + name, () -> Files.newInputStream(at(name), StandardOpenOption.WRITE));
                call("stream out for reading " + name, () -> Files.newOutputStream(at(name), StandardOpenOption.READ));
                call("lines of " + name, () -> Files.readAllLines(at(name)));
                call("size of " + name, () -> Files.isDirectory(at(name)) ? "a directory" : Files.size(at(name)));
            }
        }

        private static String use(SeekableByteChannel channel) throws Exception {
            StringBuilder text = new StringBuilder("size " + channel.size() + " at " + channel.position());
            List<Callable<Object>> calls = List.of(
                    () -> channel.read(ByteBuffer.allocate(3)),
                    () -> channel.write(ByteBuffer.wrap("ab".getBytes())),
                    channel::position,
                    () -> channel.position(20).position(),
                    () -> channel.read(ByteBuffer.allocate(3)),
                    () -> channel.write(ByteBuffer.wrap("xy".getBytes())),
                    channel::size,
                    () -> channel.position(-1),
                    () -> channel.truncate(-1),
                    () -> channel.truncate(100).size(),
                    () -> channel.truncate(4).position(),
                    () -> channel.read(ByteBuffer.allocate(0)),
                    () -> {
                        channel.close();
                        return channel.isOpen();
                    },
                    channel::size,
                    () -> channel.read(ByteBuffer.allocate(3)));
            for (Callable<Object> call : calls) {
                try {
                    text.append("; ").append(call.call());
                } catch (Exception e) {
                    text.append("; ").append(e.getClass().getSimpleName());
                }
            }
            return text.toString();
        }

        // Copying and moving

        private static final CopyOption[][] COPIES = {
            {},
            {StandardCopyOption.REPLACE_EXISTING},
            {StandardCopyOption.COPY_ATTRIBUTES},
            {StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS},
            {LinkOption.NOFOLLOW_LINKS},
            {StandardCopyOption.ATOMIC_MOVE},
            {StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING},
        };
        private static final List<String> SOURCES = List.of("file", "dir", "empty", "link", "dirlink", "dangling", "loop", "absent");
        private static final List<String> TARGETS = List.of(
                "new", "file", "dir", "empty", "link", "dangling", "absent/x", "file/x", "dir/sub/x");

        private void copying() throws Exception {
            for (CopyOption[] options : COPIES) {
                for (String source : SOURCES) {
                    for (String target : TARGETS) {
                        call("copy " + source + " to " + target + " " + List.of(options),
                                () -> Files.copy(at(source), at(target), options));
                        changed();
                    }
                }
            }
            call("copy a stream", () -> Files.copy(new java.io.ByteArrayInputStream("abc".getBytes()), at("new")));
            call("copy a stream again", () -> Files.copy(new java.io.ByteArrayInputStream("abc".getBytes()), at("new")));
            call("copy to a stream", () -> Files.copy(at("dir"), java.io.OutputStream.nullOutputStream()));
            changed();
        }

        private void moving() throws Exception {
            for (CopyOption[] options : COPIES) {
                for (String source : SOURCES) {
                    for (String target : TARGETS) {
                        call("move " + source + " to " + target + " " + List.of(options),
                                () -> Files.move(at(source), at(target), options));
                        changed();
                    }
                }
            }
        }

        /** Says what the tree is now, and makes it what it was. */
        private void changed() throws IOException {
            TreeMap<String, String> tree = new TreeMap<>();
            try (Stream<Path> all = Files.walk(top)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    String kind = Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path)
                            : Files.isDirectory(path) ? "directory" : Files.readString(path);
                    tree.put(top.relativize(path).toString(), kind);
                }
            }
            told.add("  " + tree);
            List<String> names = new ArrayList<>(tree.descendingKeySet());
            names.remove("");
            for (String name : names) {
                Files.delete(at(name));
            }
            prepare();
        }

        private void removing() throws Exception {
            for (String name : List.of("file", "dir", "empty", "link", "dirlink", "dangling", "loop", "absent", "absent/x", "file/x", "")) {
                if (!name.isEmpty()) {
                    call("delete " + name, () -> {
                        Files.delete(at(name));
                        return "gone";
                    });
                    changed();
                }
                call("delete if exists " + name, () -> name.isEmpty() ? "" : Files.deleteIfExists(at(name)));
                changed();
                call("create file " + name, () -> Files.createFile(at(name)));
                call("create directory " + name, () -> Files.createDirectory(at(name)));
                call("create directories " + name, () -> Files.createDirectories(at(name)));
                changed();
            }
        }

        private void linking() throws Exception {
            for (String to : SOURCES) {
                call("link to " + to, () -> Files.createLink(at("new"), at(to)));
                call("what it is", () -> Files.isSymbolicLink(at("new")));
                changed();
                call("link at " + to, () -> Files.createLink(at(to), at("file")));
                call("symbolic link at " + to, () -> Files.createSymbolicLink(at(to), top.getFileSystem().getPath("x")));
                changed();
                call("target of " + to, () -> Files.readSymbolicLink(at(to)));
                call("real path of " + to, () -> at(to).toRealPath());
                call("real path of " + to + ", links kept", () -> at(to).toRealPath(LinkOption.NOFOLLOW_LINKS));
                for (String other : SOURCES) {
                    call("same " + to + ", " + other, () -> Files.isSameFile(at(to), at(other)));
                    call("mismatch " + to + ", " + other, () -> Files.isDirectory(at(to)) || Files.isDirectory(at(other)) ? "" : Files.mismatch(at(to), at(other)));
                }
            }
            call("real path with ..", () -> at("dir/sub/up/dir/../file").toRealPath());
            call("real path through a file", () -> at("file/..").toRealPath());
        }

        // Attributes

        private void attributes() throws Exception {
            for (String name : List.of("file", "dir", "link", "dangling", "loop", "absent")) {
                for (LinkOption[] links : new LinkOption[][] {{}, {LinkOption.NOFOLLOW_LINKS}}) {
                    String what = name + " " + List.of(links);
                    call("exists " + what, () -> Files.exists(at(name), links) + " " + Files.notExists(at(name), links));
                    call("kind of " + what, () -> Files.isDirectory(at(name), links) + " " + Files.isRegularFile(at(name), links));
                    call("basic " + what, () -> {
                        BasicFileAttributes is = Files.readAttributes(at(name), BasicFileAttributes.class, links);
                        return is.isDirectory() + " " + is.isRegularFile() + " " + is.isSymbolicLink() + " " + is.isOther();
                    });
                    call("posix " + what, () -> PosixFilePermissions.toString(
                            Files.readAttributes(at(name), PosixFileAttributes.class, links).permissions()));
                    for (String names : List.of("*", "size,isDirectory", "basic:size", "posix:*", "posix:permissions", "owner:*",
                            "owner:owner", "unix:*", "unix:mode,nlink", "none:*", "unknown", "posix:unknown", "", "basic:",
                            "posix:group,*", "size,unknown")) {
                        call("names of " + names + " of " + what,
                                () -> new TreeSet<>(Files.readAttributes(at(name), names, links).keySet()));
                    }
                    call("owner " + what, () -> Files.getOwner(at(name), links) != null);
                    call("unix:uid " + what, () -> Files.getAttribute(at(name), "unix:uid", links));
                    call("getAttribute * " + what, () -> Files.getAttribute(at(name), "*", links));
                    call("executable " + what, () -> Files.isExecutable(at(name)) + " " + Files.isReadable(at(name)) + " " + Files.isHidden(at(name)));
                    boolean ofLink = links.length > 0 && Files.isSymbolicLink(at(name)); // Java's follows it nevertheless
                    call("set permissions " + what, () -> ofLink || Files.setAttribute(
                            at(name), "posix:permissions", PosixFilePermissions.fromString("rwxr-x--x"), links) != null);
                    call("set mode " + what, () -> ofLink || Files.setAttribute(at(name), "unix:mode", 0604, links) != null);
                    call("set time " + what, () -> Files.setAttribute(at(name), "lastModifiedTime", FileTime.fromMillis(1234), links) != null);
                    call("read time " + what, () -> Files.getLastModifiedTime(at(name), links));
                    call("mode after " + what, () -> Files.getAttribute(at(name), "unix:mode", links));
                    Files.setAttribute(at("dir"), "unix:mode", 0755);
                    Files.setAttribute(at("file"), "unix:mode", 0644);
                }
            }
            call("set size", () -> Files.setAttribute(at("file"), "size", 5L));
            call("set unknown", () -> Files.setAttribute(at("file"), "posix:unknown", 5L));
            call("set unknown view", () -> Files.setAttribute(at("file"), "nothing:x", 5L));
            call("set wrong class", () -> Files.setAttribute(at("file"), "posix:permissions", "rwx"));
            call("set wrong class of time", () -> Files.setAttribute(at("file"), "lastModifiedTime", 5L));
            call("set null", () -> Files.setAttribute(at("file"), "lastModifiedTime", null));
            call("times", () -> {
                Files.getFileAttributeView(at("file"), BasicFileAttributeView.class)
                        .setTimes(FileTime.fromMillis(1500), FileTime.fromMillis(99), null);
                return Files.getLastModifiedTime(at("file")) + " " + Files.getAttribute(at("file"), "lastAccessTime");
            });
            call("owner by name", () -> {
                var service = top.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(at("file"), service.lookupPrincipalByName("12345"));
                Files.getFileAttributeView(at("file"), PosixFileAttributeView.class).setGroup(service.lookupPrincipalByGroupName("54321"));
                return Files.getAttribute(at("file"), "unix:uid") + " " + Files.getAttribute(at("file"), "unix:gid")
                        + " " + Files.getFileAttributeView(at("file"), FileOwnerAttributeView.class).getOwner();
            });
            call("no such owner", () -> top.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody-at-all"));
            call("user attributes", () -> {
                UserDefinedFileAttributeView view = Files.getFileAttributeView(at("file"), UserDefinedFileAttributeView.class);
                view.write("one", ByteBuffer.wrap("value".getBytes()));
                ByteBuffer buffer = ByteBuffer.allocate(10);
                return view.list() + " " + view.size("one") + " " + view.read("one", buffer) + " " + buffer.position()
                        + " " + new TreeSet<>(Files.readAttributes(at("file"), "user:*").keySet());
            });
            call("a user attribute that is not there", () -> Files.getFileAttributeView(at("file"), UserDefinedFileAttributeView.class).size("none"));
            call("into too small a buffer", () -> Files.getFileAttributeView(at("file"), UserDefinedFileAttributeView.class).read("one", ByteBuffer.allocate(2)));
            call("new with permissions", () -> {
                Files.createFile(at("private"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.createDirectory(at("open"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
                return PosixFilePermissions.toString(Files.getPosixFilePermissions(at("private")))
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(at("open")));
            });
            call("new with an owner", () -> Files.createFile(at("other"), new java.nio.file.attribute.FileAttribute<String>() {
                @Override
                public String name() {
                    return "owner:owner";
                }

                @Override
                public String value() {
                    return "root";
                }
            }));
            call("temporary", () -> {
                Path file = Files.createTempFile(top, "a", ".b");
                Path directory = Files.createTempDirectory(top, "c");
                String text = file.getFileName().toString().replaceAll("\\d+", "N") + " "
                        + directory.getFileName().toString().replaceAll("\\d+", "N");
                Files.delete(file);
                Files.delete(directory);
                return text;
            });
            call("temporary in nothing", () -> Files.createTempFile(at("absent"), "a", "b"));
            call("temporary with a slash", () -> Files.createTempFile(top, "a/b", "c"));
            changed();
        }

        // Going through directories

        private void walking() throws Exception {
            for (FileVisitOption[] options : new FileVisitOption[][] {{}, {FileVisitOption.FOLLOW_LINKS}}) {
                for (String name : List.of("", "dir", "file", "link", "dirlink", "dangling", "absent")) {
                    String what = name + " " + List.of(options);
                    call("walk " + what, () -> {
                        try (Stream<Path> all = Files.walk(name.isEmpty() ? top : at(name), options)) {
                            return all.map(this::text).sorted().toList();
                        }
                    });
                    call("walk 1 " + what, () -> {
                        try (Stream<Path> all = Files.walk(name.isEmpty() ? top : at(name), 1, options)) {
                            return all.map(this::text).sorted().toList();
                        }
                    });
                    call("visit " + what, () -> visit(name.isEmpty() ? top : at(name), Set.of(options)));
                }
            }
            for (String name : List.of("dir", "dirlink", "file", "absent", "loop")) {
                call("list " + name, () -> {
                    try (Stream<Path> all = Files.list(at(name))) {
                        return all.map(this::text).sorted().toList();
                    }
                });
                for (String glob : List.of("*", "in*", "{sub,x}", "[a-i]*", "?nside", "\\s*", "[", "{a")) {
                    call("stream " + name + " " + glob, () -> {
                        try (DirectoryStream<Path> all = Files.newDirectoryStream(at(name), glob)) {
                            TreeSet<String> found = new TreeSet<>();
                            all.forEach(path -> found.add(text(path)));
                            return found;
                        }
                    });
                }
            }
            call("a stream twice", () -> {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(at("dir"))) {
                    all.iterator();
                    return all.iterator();
                }
            });
            call("a closed stream", () -> {
                DirectoryStream<Path> all = Files.newDirectoryStream(at("dir"));
                all.close();
                return all.iterator();
            });
            call("an iterator of a closed stream", () -> {
                DirectoryStream<Path> all = Files.newDirectoryStream(at("dir"));
                var iterator = all.iterator();
                all.close();
                return iterator.hasNext() && iterator.next() == null;
            });
            call("beyond the end", () -> {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(at("empty"))) {
                    return all.iterator().next();
                }
            });
            call("removal by an iterator", () -> {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(at("dir"))) {
                    var iterator = all.iterator();
                    iterator.next();
                    iterator.remove();
                    return "";
                }
            });
            call("find", () -> {
                try (Stream<Path> all = Files.find(top, 9, (path, is) -> is.isSymbolicLink())) {
                    return all.map(this::text).sorted().toList();
                }
            });
        }

        private String visit(Path from, Set<FileVisitOption> options) throws IOException {
            TreeSet<String> events = new TreeSet<>();
            Files.walkFileTree(from, options.isEmpty() ? EnumSet.noneOf(FileVisitOption.class) : EnumSet.copyOf(options), 5,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes is) {
                            events.add("into " + text(path));
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path path, BasicFileAttributes is) {
                            events.add("file " + text(path) + " " + is.isSymbolicLink());
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path path, IOException e) {
                            events.add("failed " + text(path) + " " + e.getClass().getSimpleName());
                            return FileVisitResult.CONTINUE;
                        }
                    });
            return events.toString();
        }

        // Paths

        private void paths() {
            FileSystem system = top.getFileSystem();
            List<String> names = List.of("", ".", "..", "/", "a", "a/b", "/a/b", "a/../b", "../a", "/..", "/../a", "a/./b", "a//b/", "./a/..", "a/../..", "\u00e4\u20ac", "a b");
            for (String name : names) {
                Path path = system.getPath(name);
                call("path " + name, () -> path + " " + path.getNameCount() + " " + path.getParent() + " " + path.getFileName() + " "
                        + path.getRoot() + " " + path.normalize() + " " + path.isAbsolute() + " " + path.hashCode() * 0);
                call("name 0 of " + name, () -> path.getName(0));
                call("name 1 of " + name, () -> path.getName(1));
                call("subpath of " + name, () -> path.subpath(0, 2));
                call("iterator of " + name, () -> {
                    List<Path> all = new ArrayList<>();
                    path.forEach(all::add);
                    return all;
                });
                for (String other : names) {
                    Path second = system.getPath(other);
                    call(name + " and " + other, () -> path.resolve(second) + " " + path.resolveSibling(second) + " " + path.startsWith(second) + " "
                            + path.endsWith(second) + " " + Integer.signum(path.compareTo(second)) + " " + path.equals(second));
                    call(name + " relative to " + other, () -> second.relativize(path));
                }
            }
            call("a name with a NUL", () -> system.getPath("a\0b"));
            for (String pattern : List.of("glob:*", "glob:**", "glob:a*", "glob:*.{java,c}", "glob:[!a]*", "glob:a?", "glob:/a/*", "glob:/**/b",
                    "glob:\\*", "glob:{a,b/c}", "glob:[a-", "glob:{{a}}", "regex:a.*", "regex:.*/b", "regex:(", "GLOB:a", "none:a", "a", "glob:", "glob:[/]")) {
                for (String name : List.of("a", "ab", "b", "a/b", "/a/b", "x.c", "x.java", "*", ".hidden", "b/c", "")) {
                    call(pattern + " of " + name, () -> system.getPathMatcher(pattern).matches(system.getPath(name)));
                }
            }
            call("views", () -> system.supportedFileAttributeViews().containsAll(Set.of("basic", "posix", "owner", "unix", "user")));
            call("separator", system::getSeparator);
            call("a foreign path", () -> at("x").resolve(foreign()));
            call("a comparison with a foreign path", () -> at("x").compareTo(foreign()));
            call("starting with a foreign path", () -> at("x").startsWith(foreign()));
            call("a copy to null", () -> Files.copy(at("file"), (Path) null));
        }

        /** A path of another provider's. */
        private Path foreign() {
            return top.getFileSystem() == FileSystems.getDefault()
                    ? VfsFileSystem.of(new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT)).getPath("foreign")
                    : Path.of("foreign");
        }
    }
}
