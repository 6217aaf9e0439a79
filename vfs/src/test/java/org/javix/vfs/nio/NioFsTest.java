package org.javix.vfs.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.OverlayFs;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.StatFs;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of Java is mounted, and then used through Java's own view of the tree, or by calls. */
class NioFsTest {
    private static FsContext context(org.javix.vfs.FileSystem fs) {
        FsContext context = new FsContext(new Mounts(fs), Credentials.ROOT);
        context.setUmask(0);
        return context;
    }

    private static Stat stat(FsContext context, String path) {
        Stat stat = new Stat();
        assertEquals(0, FileCalls.stat(context, null, path, AtFlags.AT_SYMLINK_NOFOLLOW, stat), path);
        return stat;
    }

    @Test
    void aFileSystemInMemoryIsReadAndWritten() throws IOException {
        try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix", "unix").build())) {
            FsContext context = context(NioFs.of(jimfs.getPath("/work"), 0, 0));
            Path root = VfsFileSystem.of(context).getPath("/");
            Files.createDirectories(root.resolve("d/e"));
            Files.writeString(root.resolve("d/file"), "hello");
            assertEquals("hello", Files.readString(jimfs.getPath("/work/d/file")));
            Files.writeString(root.resolve("d/file"), " world", java.nio.file.StandardOpenOption.APPEND);
            assertEquals("hello world", Files.readString(root.resolve("d/file")));
            Files.createSymbolicLink(root.resolve("link"), root.getFileSystem().getPath("d/file"));
            assertEquals("hello world", Files.readString(root.resolve("link")));
            Files.createLink(root.resolve("hard"), root.resolve("d/file"));
            assertEquals(stat(context, "/hard").ino, stat(context, "/d/file").ino);
            assertEquals(2, stat(context, "/hard").nlink);
            assertEquals(0, FileCalls.chmod(context, null, "/d/file", 0640, 0));
            assertEquals(FileMode.S_IFREG | 0640, stat(context, "/d/file").mode);
            assertEquals(0, FileCalls.utimens(context, null, "/d/file", 5, 0, 7, 0, 0));
            assertEquals(7, stat(context, "/d/file").mtimeSec);
            long number = stat(context, "/d").ino;
            assertEquals(0, FileCalls.rename(context, null, "/d", null, "/moved", 0));
            assertEquals(number, stat(context, "/moved").ino);
            assertEquals(-Errno.ENOTEMPTY, FileCalls.rmdir(context, null, "/moved"));
            assertEquals(-Errno.EEXIST, FileCalls.mkdir(context, null, "/moved", 0755));
            assertEquals(-Errno.EPERM, FileCalls.mknod(context, null, "/fifo", FileMode.S_IFIFO | 0600, 0));
            assertEquals(-Errno.EINVAL,
                    FileCalls.rename(context, null, "/moved", null, "/hard", AtFlags.RENAME_EXCHANGE));
            assertEquals(0, FileCalls.truncate(context, null, "/hard", 20));
            assertEquals(20, stat(context, "/moved/file").size);
            OpenFile file = FileCalls.open(context, Waiter.uninterruptible(), null, "/hard", OpenFlags.O_RDWR, 0).value();
            assertEquals(0, FileCalls.unlink(context, null, "/hard"));
            assertEquals(0, file.truncate(3));
            assertEquals(3, stat(context, "/moved/file").size);
            file.release();
        }
    }

    @Test
    void linksLeadThroughTheGuestsTree() throws IOException {
        try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
            Files.writeString(jimfs.getPath("/secret"), "secret");
            Files.createSymbolicLink(jimfs.getPath("/work/out"), jimfs.getPath("/secret"));
            Files.createSymbolicLink(jimfs.getPath("/work/up"), jimfs.getPath(".."));
            FsContext context = context(NioFs.of(jimfs.getPath("/work")));
            for (String path : List.of("/out", "/up/secret", "/../secret")) {
                Result<OpenFile> opened = FileCalls.open(context, Waiter.uninterruptible(), null, path, 0, 0);
                assertEquals(-Errno.ENOENT, opened.error(), path);
            }
        }
    }

    @Test
    void withoutPermissionsNoneCanBeSet() throws IOException {
        try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
            FsContext context = context(NioFs.of(jimfs.getPath("/work"), 7, 8));
            assertEquals(0, FileCalls.mkdir(context, null, "/d", 0700));
            assertEquals(FileMode.S_IFDIR | 0755, stat(context, "/d").mode);
            assertEquals(7, stat(context, "/d").uid);
            assertEquals(-Errno.EPERM, FileCalls.chmod(context, null, "/d", 0700, 0));
            assertEquals(0, FileCalls.chmod(context, null, "/d", 0755, 0));
            assertEquals(-Errno.EPERM, FileCalls.chown(context, null, "/d", 1, 1, 0));
        }
    }

    @Test
    void namesThatDifferInCaseAreNotTheSame() throws IOException {
        try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.osX())) {
            Files.writeString(jimfs.getPath("/work/Name"), "x");
            FsContext context = context(NioFs.of(jimfs.getPath("/work")));
            assertEquals(1, stat(context, "/Name").size);
            assertEquals(-Errno.ENOENT, FileCalls.access(context, null, "/name", 0, 0));
        }
    }

    @Test
    void aFullOneSaysSo() throws IOException {
        Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 16).setBlockSize(4096).build();
        try (FileSystem jimfs = Jimfs.newFileSystem(small)) {
            FsContext context = context(NioFs.of(jimfs.getPath("/work")));
            OpenFile file = FileCalls.open(context, Waiter.uninterruptible(), null, "/f",
                    OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644).value();
            java.lang.foreign.MemorySegment bytes = java.lang.foreign.MemorySegment.ofArray(new byte[1 << 14]);
            long result = 0;
            for (int i = 0; i < 10 && result >= 0; i++) {
                result = file.write(Waiter.uninterruptible(), bytes, 0, bytes.byteSize());
            }
            assertEquals(-Errno.ENOSPC, result);
            StatFs statfs = new StatFs();
            assertEquals(0, FileCalls.statfs(context, null, "/", 0, statfs));
            assertEquals(16, statfs.blocks);
            file.release();
        }
    }

    @Test
    void anArchiveIsReadAndChangedInAnOverlay(@TempDir Path directory) throws IOException {
        URI uri = URI.create("jar:" + directory.resolve("a.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
            Files.createDirectories(zip.getPath("/d/e"));
            Files.writeString(zip.getPath("/d/file"), "x".repeat(100_000) + "end");
            Files.writeString(zip.getPath("/top"), "top");
        }
        try (FileSystem zip = FileSystems.newFileSystem(uri, Map.of())) {
            NioFs archive = NioFs.of(zip.getPath("/"));
            FsContext plain = context(archive);
            assertEquals(-Errno.EROFS, FileCalls.unlink(plain, null, "/top"));
            assertEquals(100_003, stat(plain, "/d/file").size);
            assertNotEquals(stat(plain, "/d/file").ino, stat(plain, "/top").ino);
            Path root = VfsFileSystem.of(context(
                    OverlayFs.over(archive, 1 << 20, 100, InstantSource.system()))).getPath("/");
            assertTrue(Files.readString(root.resolve("d/file")).endsWith("xend"));
            Files.writeString(root.resolve("d/file"), "!", java.nio.file.StandardOpenOption.APPEND);
            assertTrue(Files.readString(root.resolve("d/file")).endsWith("end!"));
            Files.delete(root.resolve("top"));
            Files.move(root.resolve("d"), root.resolve("moved"));
            try (var all = Files.walk(root)) {
                assertEquals(List.of("/", "/moved", "/moved/e", "/moved/file"), all.map(Path::toString).sorted().toList());
            }
            assertEquals("top", Files.readString(zip.getPath("/top")));
        }
    }
}
