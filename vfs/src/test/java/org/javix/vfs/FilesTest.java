package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_APPEND;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_DIRECTORY;
import static org.javix.vfs.OpenFlags.O_EXCL;
import static org.javix.vfs.OpenFlags.O_NOFOLLOW;
import static org.javix.vfs.OpenFlags.O_PATH;
import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.javix.vfs.OpenFlags.O_TMPFILE;
import static org.javix.vfs.OpenFlags.O_TRUNC;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilesTest {
    private Instant now = Instant.ofEpochSecond(1000, 1);
    private final TmpFs fs = TmpFs.create(TmpFs.UNLIMITED, TmpFs.UNLIMITED, () -> now);
    private final Tree tree = Tree.of(fs);

    private void tick() {
        now = now.plusNanos(1_000_000_001);
    }

    @Test
    void openFlags() {
        tree.write("/f", "hello").dirs("/d").symlink("f", "/l");
        assertEquals("EEXIST", tree.opening("/f", O_CREAT | O_EXCL | O_WRONLY));
        assertEquals("ENOTDIR", tree.opening("/f", O_DIRECTORY));
        assertEquals("ELOOP", tree.opening("/l", O_NOFOLLOW));
        assertEquals("EISDIR", tree.opening("/d", O_RDWR));
        assertEquals("EISDIR", tree.opening("/d", O_CREAT));
        assertEquals("ok", tree.opening("/d", O_DIRECTORY));
        assertEquals("hello", tree.read("/l"));
        assertEquals("ok", tree.opening("/l", O_TRUNC | O_WRONLY));
        assertEquals("", tree.read("/f"));
    }

    @Test
    void descriptorsKeepTheirPosition() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        assertEquals(5, Tree.write(file, "hello"));
        assertEquals(1, file.seek(-4, OpenFile.SEEK_END));
        assertEquals("ello", Tree.read(file));
        assertEquals(-Errno.EINVAL, file.seek(-1, OpenFile.SEEK_SET));
        assertEquals(5, file.seek(0, OpenFile.SEEK_CUR));
        assertEquals(2, file.pwrite(null, Tree.bytes("LL"), 0, 2, 2));
        assertEquals(5, file.seek(0, OpenFile.SEEK_CUR));
        file.seek(0, OpenFile.SEEK_SET);
        assertEquals("heLLo", Tree.read(file));
        assertEquals(-Errno.EBADF, Tree.write(tree.open("/f", O_RDONLY), "x"));
        assertEquals("EBADF", Tree.read(tree.open("/f", O_WRONLY)));
    }

    @Test
    void appendGoesToTheEndWhereverThatIs() {
        OpenFile one = tree.open("/log", O_WRONLY | O_CREAT | O_APPEND);
        OpenFile two = tree.open("/log", O_WRONLY | O_APPEND);
        Tree.write(one, "1");
        Tree.write(two, "2");
        one.seek(0, OpenFile.SEEK_SET);
        Tree.write(one, "3");
        assertEquals("123", tree.read("/log"));
        assertEquals(3, one.seek(0, OpenFile.SEEK_CUR));
    }

    @Test
    void aFileLivesOnWhileItIsOpen() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        Tree.write(file, "still");
        assertEquals("ok", tree.rm("/f"));
        assertEquals("ENOENT", tree.read("/f"));
        file.seek(0, OpenFile.SEEK_SET);
        assertEquals("still", Tree.read(file));
        assertEquals("/f (deleted)", file.path());
        assertEquals(Pages.SIZE, fs.usedBytes());
        file.release();
        assertEquals(0, fs.usedBytes());
        assertEquals(1, fs.usedInodes());
    }

    @Test
    void unnamedFilesCanGetAName() {
        OpenFile file = tree.open("/", O_TMPFILE | O_RDWR);
        Tree.write(file, "content");
        assertEquals(List.of(), tree.ls("/"));
        assertEquals(0, FileCalls.link(tree.context, file, "", null, "/named", AtFlags.AT_EMPTY_PATH));
        assertEquals("content", tree.read("/named"));
        assertEquals("EINVAL", tree.opening("/", O_TMPFILE | O_RDONLY));
        tree.open("/", O_TMPFILE | O_RDWR).release();
        assertEquals(2, fs.usedInodes());
    }

    @Test
    void pathDescriptorsOnlyNameAPlace() {
        tree.write("/f", "x").chmod(0, "/f");
        Tree user = tree.as(1, 1);
        OpenFile place = user.open("/f", O_PATH);
        assertEquals("EBADF", Tree.read(place));
        Stat stat = new Stat();
        assertEquals(0, place.stat(stat));
        assertEquals(1, stat.size);
        tree.symlink("f", "/l");
        OpenFile link = tree.open("/l", O_PATH | O_NOFOLLOW);
        assertEquals("f", FileCalls.readLink(tree.context, link, "").value());
    }

    @Test
    void hardLinksAreOneFile() {
        tree.write("/f", "x").dirs("/d");
        assertEquals("ok", tree.ln("/f", "/d/g"));
        assertEquals(2, tree.stat("/f").nlink);
        assertEquals(tree.stat("/f").ino, tree.stat("/d/g").ino);
        tree.write("/d/g", "changed");
        assertEquals("changed", tree.read("/f"));
        tree.rm("/f");
        assertEquals(1, tree.stat("/d/g").nlink);
        assertEquals("EPERM", tree.ln("/d", "/e"));
        assertEquals("EEXIST", tree.ln("/d/g", "/d"));
        tree.symlink("nowhere", "/l");
        assertEquals("ok", tree.ln("/l", "/l2"));
        assertEquals("nowhere", tree.readlink("/l2"));
    }

    @Test
    void directoriesCountTheirChildren() {
        tree.dirs("/d", "/d/a", "/d/b").write("/d/f", "");
        assertEquals(4, tree.stat("/d").nlink);
        assertEquals("ENOTEMPTY", tree.rmdir("/d"));
        assertEquals("EISDIR", tree.rm("/d/a"));
        assertEquals("ENOTDIR", tree.rmdir("/d/f"));
        assertEquals("EINVAL", tree.rmdir("/d/a/."));
        assertEquals("ENOTEMPTY", tree.rmdir("/d/a/.."));
        assertEquals("EBUSY", tree.rmdir("/"));
        tree.rmdir("/d/a");
        assertEquals(3, tree.stat("/d").nlink);
    }

    @Test
    void timesFollowWhatHappens() {
        tree.write("/f", "x");
        Stat made = tree.stat("/f");
        assertEquals(1000, made.mtimeSec);
        assertEquals(1, made.mtimeNsec);
        tick();
        tree.read("/f");
        assertEquals(1001, tree.stat("/f").atimeSec);
        tick();
        tree.read("/f");
        assertEquals(1001, tree.stat("/f").atimeSec, "an access is noted once after a change");
        tree.chmod(0600, "/f");
        assertEquals(1002, tree.stat("/f").ctimeSec);
        assertEquals(1000, tree.stat("/f").mtimeSec);
        tick();
        tree.write("/f", "y");
        assertEquals(1003, tree.stat("/f").mtimeSec);
        tick();
        long directory = tree.stat("/").mtimeSec;
        tree.rm("/f");
        assertNotEquals(directory, tree.stat("/").mtimeSec);
    }

    @Test
    void timesCanBeSet() {
        tree.write("/f", "x");
        tick();
        assertEquals(0, FileCalls.utimens(tree.context, null, "/f", -5, 7, 0, AtFlags.UTIME_OMIT, 0));
        Stat stat = tree.stat("/f");
        assertEquals(-5, stat.atimeSec);
        assertEquals(7, stat.atimeNsec);
        assertEquals(1000, stat.mtimeSec);
        assertEquals(1001, stat.ctimeSec);
        assertEquals(0, FileCalls.utimens(tree.context, null, "/f", 0, AtFlags.UTIME_NOW, 9, 0, 0));
        assertEquals(1001, tree.stat("/f").atimeSec);
        assertEquals(9, tree.stat("/f").mtimeSec);
        assertEquals(-Errno.EINVAL, FileCalls.utimens(tree.context, null, "/f", 0, 1_000_000_000, 0, 0, 0));
    }

    @Test
    void specialNodesHaveTheirType() {
        assertEquals(0, FileCalls.mknod(tree.context, null, "/fifo", FileMode.S_IFIFO | 0666, 0));
        assertEquals(0, FileCalls.mknod(tree.context, null, "/dev", FileMode.S_IFCHR | 0666, Devices.number(1, 3)));
        assertEquals(FileMode.S_IFIFO | 0644, tree.stat("/fifo").mode);
        assertEquals(0x103, tree.stat("/dev").rdev);
        assertEquals("ENXIO", tree.opening("/fifo", O_RDONLY));
        Tree user = tree.as(1, 1);
        tree.chmod(0777, "/");
        assertEquals(-Errno.EPERM, FileCalls.mknod(user.context, null, "/d2", FileMode.S_IFCHR | 0666, 1));
        assertEquals(0, FileCalls.mknod(user.context, null, "/fifo2", FileMode.S_IFIFO | 0600, 0));
    }

    @Test
    void fifosAreOpenedByWhomeverProvidesThem() {
        FileCalls.mknod(tree.context, null, "/fifo", FileMode.S_IFIFO | 0666, 0);
        Object pipe = new Object();
        tree.context.mounts().setFifos((context, waiter, where, flags) -> {
            assertSame(pipe, where.inode().attachment(() -> pipe));
            return Result.failed(-Errno.EINTR);
        });
        assertEquals("EINTR", tree.opening("/fifo", O_RDONLY));
        assertSame(pipe, tree.open("/fifo", O_PATH).inode().attachment(Object::new));
    }

    @Test
    void contentIdentityChangesWithTheContent() {
        tree.write("/f", "x");
        Inode inode = tree.open("/f", O_RDONLY).inode();
        Object identity = inode.contentIdentity();
        tree.read("/f");
        tree.chmod(0755, "/f");
        assertSame(identity, inode.contentIdentity());
        tree.write("/f", "x");
        assertNotEquals(identity, inode.contentIdentity());
    }

    @Test
    void onlyExecutableFilesCanBeExecuted() {
        tree.write("/f", "#!").dirs("/d");
        assertEquals(-Errno.EACCES, FileCalls.openForExec(tree.context, null, "/f", 0).error());
        assertEquals(-Errno.EACCES, FileCalls.openForExec(tree.context, null, "/d", 0).error());
        tree.chmod(0111, "/f");
        OpenFile file = FileCalls.openForExec(tree.as(1, 1).context, null, "/f", 0).value();
        assertEquals("#!", Tree.read(file));
        assertEquals("EACCES", tree.as(1, 1).read("/f"));
    }

    @Test
    void nativeAndHeapMemoryBothWork() {
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(100_000);
            for (int i = 0; i < 100_000; i++) {
                memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, (byte) (i * 31 >> 3));
            }
            OpenFile file = tree.open("/big", O_RDWR | O_CREAT);
            assertEquals(99_000, file.write(null, memory, 1000, 99_000));
            byte[] copy = new byte[100_000];
            assertEquals(99_000, file.pread(null, MemorySegment.ofArray(copy), 0, 100_000, 0));
            for (int i = 0; i < 99_000; i++) {
                assertEquals((byte) ((i + 1000) * 31 >> 3), copy[i]);
            }
        }
    }
}
