package org.javix.vfs.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.javix.vfs.Credentials;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.TmpFs;
import org.junit.jupiter.api.Test;

class VfsFileSystemTest {
    private final FsContext context = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
    private final VfsFileSystem fs = VfsFileSystem.of(context);

    private Path path(String first, String... more) {
        return fs.getPath(first, more);
    }

    @Test
    void filesAreReadAndWritten() throws IOException {
        Path file = path("/a");
        Files.writeString(file, "one\n");
        Files.writeString(file, "two\n", StandardOpenOption.APPEND);
        assertEquals(List.of("one", "two"), Files.readAllLines(file));
        assertThrows(FileAlreadyExistsException.class, () -> Files.createFile(file));
        assertThrows(NoSuchFileException.class, () -> Files.readString(path("/none")));
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertEquals(8, channel.size());
            channel.position(4);
            channel.write(ByteBuffer.wrap("TWO".getBytes(UTF_8)));
            assertEquals(7, channel.position());
            channel.truncate(5);
            assertEquals(5, channel.position());
        }
        assertEquals("one\nT", Files.readString(file));
        try (FileChannel from = FileChannel.open(file);
                FileChannel to = FileChannel.open(path("/b"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertEquals(5, from.transferTo(0, 100, to));
        }
        assertEquals(-1, Files.mismatch(file, path("/b")));
        Path temporary = Files.createTempFile(path("/"), "x", ".tmp");
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary)));
        try (FileChannel ends = FileChannel.open(temporary, StandardOpenOption.DELETE_ON_CLOSE)) {
            assertTrue(ends.isOpen());
        }
        assertFalse(Files.exists(temporary));
    }

    @Test
    void treesAreWalkedCopiedAndMoved() throws IOException {
        Files.createDirectories(path("/d/e/f"));
        Files.writeString(path("/d/e/file"), "text");
        Files.createSymbolicLink(path("/d/link"), path("e/file"));
        Files.createLink(path("/d/hard"), path("/d/e/file"));
        try (Stream<Path> all = Files.walk(path("/d"))) {
            assertEquals(List.of("/d", "/d/e", "/d/e/f", "/d/e/file", "/d/hard", "/d/link"),
                    all.map(Path::toString).sorted().toList());
        }
        assertEquals("text", Files.readString(path("/d/link")));
        assertEquals("e/file", Files.readSymbolicLink(path("/d/link")).toString());
        assertThrows(NotLinkException.class, () -> Files.readSymbolicLink(path("/d/hard")));
        assertTrue(Files.isSameFile(path("/d/hard"), path("/d/link")));
        assertEquals(2, Files.getAttribute(path("/d/hard"), "unix:nlink"));
        assertEquals("/d/e/file", path("/d/link").toRealPath().toString());
        assertEquals("/d/e", path("/d/e/f/..").toRealPath().toString());
        assertThrows(FileAlreadyExistsException.class, () -> Files.copy(path("/d/hard"), path("/d/link")));
        Files.copy(path("/d/link"), path("/copy"), LinkOption.NOFOLLOW_LINKS);
        assertTrue(Files.isSymbolicLink(path("/copy")));
        Files.copy(path("/d/hard"), path("/copy"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals("text", Files.readString(path("/copy")));
        assertThrows(FileAlreadyExistsException.class, () -> Files.move(path("/copy"), path("/d/hard")));
        Files.move(path("/d"), path("/moved"));
        assertTrue(Files.exists(path("/moved/e/file")));
        assertThrows(DirectoryNotEmptyException.class, () -> Files.delete(path("/moved/e")));
        assertThrows(NotDirectoryException.class, () -> Files.newDirectoryStream(path("/copy")));
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path("/moved"), "h*")) {
            stream.forEach(entry -> names.add(entry.toString()));
        }
        assertEquals(List.of("/moved/hard"), names);
        Files.walkFileTree(path("/moved"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        assertFalse(Files.exists(path("/moved")));
    }

    @Test
    void aMoveToAnotherMountCopies() throws IOException {
        Files.createDirectory(path("/mnt"));
        FileCalls.mount(context, "/mnt", TmpFs.create(), 0, "tmpfs");
        Files.writeString(path("/a"), "text");
        Files.setLastModifiedTime(path("/a"), FileTime.fromMillis(5000));
        assertThrows(AtomicMoveNotSupportedException.class,
                () -> Files.move(path("/a"), path("/mnt/a"), StandardCopyOption.ATOMIC_MOVE));
        Files.move(path("/a"), path("/mnt/a"));
        assertEquals("text", Files.readString(path("/mnt/a")));
        assertEquals(5000, Files.getLastModifiedTime(path("/mnt/a")).toMillis());
        assertFalse(Files.exists(path("/a")));
        assertEquals("tmpfs", Files.getFileStore(path("/mnt/a")).type());
    }

    @Test
    void attributesAreThoseOfTheFile() throws IOException {
        Path file = Files.createFile(path("/f"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x--x---")));
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        assertEquals("r-x--x---", PosixFilePermissions.toString(attributes.permissions()));
        assertEquals("0", attributes.owner().getName());
        Files.setAttribute(file, "unix:mode", 04711);
        assertEquals(0104711, Files.getAttribute(file, "unix:mode"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(0104600, Files.getAttribute(file, "unix:mode"));
        Files.createDirectory(path("/etc"));
        Files.writeString(path("/etc/passwd"), "guest:x:1000:1000::/:/bin/sh\n");
        Files.setOwner(file, fs.getUserPrincipalLookupService().lookupPrincipalByName("guest"));
        assertEquals(1000, Files.getAttribute(file, "unix:uid"));
        Instant time = Instant.ofEpochSecond(77, 123_456_789);
        Files.setLastModifiedTime(file, FileTime.from(time));
        assertEquals(time, Files.getLastModifiedTime(file).toInstant());
        assertTrue(Files.readAttributes(file, "posix:*").containsKey("permissions"));
        assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(file, "basic:uid"));
        assertNull(Files.getFileAttributeView(file, java.nio.file.attribute.AclFileAttributeView.class));
    }

    @Test
    void permissionsAreThoseOfTheContext() throws IOException {
        Files.writeString(path("/secret"), "x");
        Files.setPosixFilePermissions(path("/secret"), PosixFilePermissions.fromString("rw-------"));
        FsContext user = context.fork();
        user.setCredentials(Credentials.of(5, 5));
        VfsFileSystem other = VfsFileSystem.of(user);
        assertThrows(AccessDeniedException.class, () -> Files.readString(other.getPath("/secret")));
        assertFalse(Files.isReadable(other.getPath("/secret")));
        assertThrows(AccessDeniedException.class, () -> Files.createFile(other.getPath("/new")));
    }

    @Test
    void namesOfAnyBytesSurvive() throws IOException {
        FileCalls.mkdir(context, null, "/\u00ff\u00e4\u0080x", 0755);
        FileCalls.mkdir(context, null, "/\u00c3\u00a4\n", 0755);
        List<String> names = new ArrayList<>();
        try (Stream<Path> entries = Files.list(path("/"))) {
            entries.forEach(entry -> {
                assertTrue(Files.isDirectory(entry), entry.toString());
                assertTrue(Files.isDirectory(path(entry.toString())), entry.toString());
                names.add(entry.getFileName().toString());
            });
        }
        assertEquals(List.of("\udcff\udce4\udc80x", "\u00e4\n"), names);
    }

    @Test
    void locksHoldBetweenChannels() throws IOException {
        Files.writeString(path("/f"), "x");
        try (FileChannel one = FileChannel.open(path("/f"), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel two = FileChannel.open(path("/f"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = one.lock(0, 10, false);
            assertNull(two.tryLock(5, 10, true));
            lock.release();
            assertTrue(two.tryLock().isValid());
        }
    }

    @Test
    void changesAreNotWatched() {
        assertThrows(UnsupportedOperationException.class, fs::newWatchService);
        assertThrows(UnsupportedOperationException.class, () -> path("/").register(FileSystems.getDefault().newWatchService()));
        assertThrows(UnsupportedOperationException.class, fs::close);
    }

    /** The same on paths of this host, whose rules are the model. */
    @Test
    void pathsAreComputedAsOnUnix() {
        List<String> texts = List.of("", "/", "a", "/a", "a/b", "/a/b/", "a//b", "../a", "a/../b", "/../a", "./a", "..", "a/.", "b/c");
        for (String one : texts) {
            Path unix = Path.of(one);
            Path here = path(one);
            assertEquals(unix.toString(), here.toString(), one);
            assertEquals(unix.getNameCount(), here.getNameCount(), one);
            assertEquals(String.valueOf(unix.getParent()), String.valueOf(here.getParent()), one);
            assertEquals(String.valueOf(unix.getFileName()), String.valueOf(here.getFileName()), one);
            assertEquals(String.valueOf(unix.getRoot()), String.valueOf(here.getRoot()), one);
            assertEquals(unix.normalize().toString(), here.normalize().toString(), one);
            for (String two : texts) {
                Path other = Path.of(two);
                String both = one + " and " + two;
                assertEquals(unix.resolve(other).toString(), here.resolve(path(two)).toString(), both);
                assertEquals(unix.startsWith(other), here.startsWith(path(two)), both);
                assertEquals(unix.endsWith(other), here.endsWith(path(two)), both);
                assertEquals(relative(unix, other), relative(here, path(two)), both);
            }
        }
    }

    private static String relative(Path from, Path to) {
        try {
            return from.relativize(to).toString();
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    @Test
    void globsMatchAsOnTheHost() {
        List<String> globs = List.of("*", "*.java", "**.java", "a?c", "[a-c]x", "[!a-c]x", "{a,b}c", "*.{java,class}", "a\\*", "[-x]", "**/b", "a.b", "[^a]");
        List<String> texts = List.of("", "a", "abc", "x.java", "d/x.java", "ax", "dx", "ac", "bc", "x.class", "a*", "-", "a/b", "x/y/b", "a.b", "axb", "^");
        for (String glob : globs) {
            PathMatcher host = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            PathMatcher here = fs.getPathMatcher("glob:" + glob);
            for (String text : texts) {
                assertEquals(host.matches(Path.of(text)), here.matches(path(text)), glob + " on " + text);
            }
        }
    }
}
