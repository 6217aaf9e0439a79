package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_APPEND;
import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayFsTest {
    private static final long SPACE = 1 << 20;

    private final TmpFs image = TmpFs.create();
    private final Tree below = Tree.of(image)
            .dirs("/bin", "/etc", "/etc/d", "/lib", "/lib/deep")
            .write("/bin/sh", "shell")
            .write("/etc/passwd", "root")
            .write("/lib/deep/file", "deep");
    private OverlayFs overlay;

    private Tree mount(boolean constant) {
        below.ln("/bin/sh", "/etc/d/link");
        below.symlink("sh", "/bin/dash");
        FileCalls.utimens(below.context, null, "/etc/passwd", 1, 2, 3, 4, 0);
        FileCalls.utimens(below.context, null, "/etc", 5, 6, 7, 8, 0);
        below.chmod(0640, "/etc/passwd");
        below.chown(12, 34, "/etc/passwd");
        if (constant) {
            image.freeze();
        }
        overlay = OverlayFs.over(image, SPACE, 20, InstantSource.system());
        return Tree.of(overlay);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyKeepsWhatTheFileHad(boolean constant) {
        Tree tree = mount(constant);
        Stat before = tree.stat("/etc/passwd");
        tree.open("/etc/passwd", O_RDWR).release();
        Stat after = tree.stat("/etc/passwd");
        assertEquals(before.ino, after.ino);
        assertEquals(before.dev, after.dev);
        assertEquals(FileMode.S_IFREG | 0640, after.mode);
        assertEquals(12, after.uid);
        assertEquals(34, after.gid);
        assertEquals(3, after.mtimeSec);
        assertEquals(4, after.mtimeNsec);
        assertEquals(1, after.atimeSec);
        assertEquals(4, after.size);
        assertEquals(1, after.nlink);
        assertEquals(7, tree.stat("/etc").mtimeSec, "copying up is no change of the directory");
        assertEquals("root", tree.read("/etc/passwd"));
        assertEquals("root", below.read("/etc/passwd"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoReadsSeesWhatIsWrittenLater(boolean constant) {
        Tree tree = mount(constant);
        OpenFile reader = tree.open("/etc/passwd", O_RDONLY);
        OpenFile appender = tree.open("/etc/passwd", O_WRONLY | O_APPEND);
        Tree.write(appender, ":x");
        assertEquals("root:x", Tree.read(reader));
        assertSame(reader.inode(), appender.inode());
        assertEquals(0, reader.inode().locks().flock(reader, RecordLocks.F_WRLCK, null));
        assertEquals(-Errno.EAGAIN, appender.inode().locks().flock(appender, RecordLocks.F_WRLCK, null));
        assertEquals("ok", tree.rm("/etc/passwd"));
        tree.write("/etc/passwd", "another");
        Tree.write(appender, "y");
        assertEquals("y", Tree.read(reader));
        Stat stat = new Stat();
        reader.stat(stat);
        assertEquals(0, stat.nlink);
        reader.release();
        appender.release();
        assertEquals("another", tree.read("/etc/passwd"));
        assertEquals("ok", tree.rm("/etc/passwd"));
        assertEquals(0, overlay.usedBytes());
    }

    @Test
    void anOpenFileOutlivesItsNameBelow() {
        Tree tree = mount(false);
        OpenFile reader = tree.open("/etc/passwd", O_RDONLY);
        assertEquals("ok", tree.rm("/etc/passwd"));
        assertEquals("ENOENT", tree.read("/etc/passwd"));
        assertEquals("root", Tree.read(reader));
        assertEquals(0, FileCalls.chmod(tree.context, reader, "", 0600, AtFlags.AT_EMPTY_PATH));
        Stat stat = new Stat();
        reader.stat(stat);
        assertEquals(FileMode.S_IFREG | 0600, stat.mode);
        assertEquals(0, stat.nlink);
        reader.release();
        assertEquals(0, overlay.usedBytes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hardLinksStayOneFile(boolean constant) {
        Tree tree = mount(constant);
        assertEquals(tree.stat("/bin/sh").ino, tree.stat("/etc/d/link").ino);
        Tree.write(tree.open("/etc/d/link", O_RDWR), "SH");
        assertEquals("SHell", tree.read("/bin/sh"));
        assertEquals(2, tree.stat("/bin/sh").nlink);
        assertEquals("ok", tree.rm("/etc/d/link"));
        assertEquals(1, tree.stat("/bin/sh").nlink);
        assertEquals("SHell", tree.read("/bin/sh"));
        assertEquals("ok", tree.ln("/bin/sh", "/third"));
        assertEquals("ok", tree.mv("/bin/sh", "/etc/sh"));
        assertEquals(2, tree.stat("/third").nlink);
        assertEquals(tree.stat("/third").ino, tree.stat("/etc/sh").ino);
        assertEquals("shell", below.read("/bin/sh"));
    }

    @Test
    void whatWasRemovedDoesNotComeBack() {
        Tree tree = mount(true);
        assertEquals("ENOTEMPTY", tree.rmdir("/etc/d"));
        assertEquals("ok", tree.rm("/etc/d/link"));
        assertEquals("ok", tree.rmdir("/etc/d"));
        assertEquals("ok", tree.mkdir("/etc/d"));
        assertEquals(List.of(), tree.ls("/etc/d"));
        assertEquals(List.of("d", "passwd"), tree.ls("/etc"));
        assertEquals(3, tree.stat("/etc").nlink);
    }

    @Test
    void directoriesOfTheImageCanBeRenamed() {
        Tree tree = mount(true);
        long number = tree.stat("/lib/deep").ino;
        assertEquals("ok", tree.mv("/lib", "/usr"));
        assertEquals("deep", tree.read("/usr/deep/file"));
        assertEquals("ENOENT", tree.read("/lib/deep/file"));
        assertEquals("ok", tree.mv("/usr/deep", "/etc/deeper"));
        assertEquals(number, tree.stat("/etc/deeper").ino);
        assertEquals("ok", tree.mkdir("/usr/deep"));
        assertEquals(List.of(), tree.ls("/usr/deep"));
        assertEquals(List.of("file"), tree.ls("/etc/deeper"));
        tree.cd("/etc/deeper");
        assertEquals("ok", tree.mv("/etc/deeper", "/moved"));
        assertEquals("/moved", tree.pwd());
        assertEquals("ok", tree.mv("/moved", "/bin", AtFlags.RENAME_EXCHANGE));
        assertEquals(List.of("dash", "sh"), tree.ls("/moved"));
        assertEquals(List.of("file"), tree.ls("/bin"));
    }

    @Test
    void removingWorksWhenThereIsNoSpace() {
        Tree tree = mount(true);
        tree.write("/bin/own", "");
        int made = 0;
        while (tree.mkdir("/n" + made).equals("ok")) {
            made++;
        }
        assertEquals("ENOSPC", tree.mkdir("/more"));
        assertEquals("ok", tree.rm("/bin/dash"));
        assertEquals("ok", tree.rm("/bin/own"));
        assertEquals("ok", tree.mkdir("/more"));
    }

    @Test
    void contentIsSharedUntilItChanges() {
        Tree one = mount(true);
        Tree two = Tree.of(OverlayFs.over(image, SPACE, 10, InstantSource.system()));
        Inode mine = one.open("/bin/sh", O_RDONLY).inode();
        Inode theirs = two.open("/bin/sh", O_RDONLY).inode();
        assertSame(mine.contentIdentity(), theirs.contentIdentity());
        one.chmod(0700, "/bin/sh");
        assertSame(mine.contentIdentity(), theirs.contentIdentity());
        assertEquals(0, overlay.usedBytes());
        Tree.write(one.open("/bin/sh", O_RDWR), "x");
        assertNotSame(mine.contentIdentity(), theirs.contentIdentity());
        assertEquals(Pages.SIZE, overlay.usedBytes());
        assertEquals("shell", two.read("/bin/sh"));
    }

    @Test
    void theUpperLayerLooksAsOnLinux() {
        Tree tree = Tree.empty().dirs("/low", "/low/d", "/top", "/upper", "/merged")
                .write("/low/a", "low").write("/low/b", "low").write("/top/a", "top").write("/low/d/x", "x");
        List<Inode> lowers = List.of(inode(tree, "/top"), inode(tree, "/low"));
        Result<OverlayFs> made = OverlayFs.of(lowers, inode(tree, "/upper"), "");
        assertEquals(-Errno.EBUSY, OverlayFs.of(lowers, inode(tree, "/upper"), "").error());
        assertEquals(0, FileCalls.mount(tree.context, "/merged", made.value(), 0, "overlay"));
        assertEquals("top", tree.read("/merged/a"));
        assertEquals(List.of("a", "b", "d"), tree.ls("/merged"));
        tree.rm("/merged/b");
        tree.write("/merged/d/y", "new");
        assertEquals(List.of("x", "y"), tree.ls("/merged/d"));
        Stat mark = tree.lstat("/upper/b");
        assertEquals(FileMode.S_IFCHR, mark.mode);
        assertEquals(0, mark.rdev);
        assertEquals(List.of("y"), tree.ls("/upper/d"));
        tree.dirs("/low/gone").write("/low/gone/old", "x");
        assertEquals("ok", tree.rm("/merged/gone/old"));
        assertEquals("ok", tree.rmdir("/merged/gone"));
        assertEquals("ok", tree.mkdir("/merged/gone"));
        assertEquals("ok", tree.mv("/merged/d", "/merged/renamed"));
        assertEquals(-Errno.EPERM, FileCalls.mknod(tree.context, null, "/merged/w", FileMode.S_IFCHR, 0));
        assertEquals(0, FileCalls.unmount(tree.context, "/merged", 0));
        Result<OverlayFs> again = OverlayFs.of(lowers, inode(tree, "/upper"), "");
        FileCalls.mount(tree.context, "/merged", again.value(), 0, "overlay");
        assertEquals(List.of("a", "gone", "renamed"), tree.ls("/merged"));
        assertEquals(List.of(), tree.ls("/merged/gone"));
        assertEquals(List.of("x", "y"), tree.ls("/merged/renamed"));
        assertEquals("new", tree.read("/merged/renamed/y"));
        assertEquals("x", tree.read("/merged/renamed/x"));
        assertEquals(List.of(), inode(tree, "/merged/gone").attributeNames());
        assertEquals(List.of("trusted.overlay.opaque"), inode(tree, "/upper/gone").attributeNames());
    }

    private static Inode inode(Tree tree, String path) {
        OpenFile file = tree.open(path, O_RDONLY);
        file.release();
        return file.inode();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "host directories can be mounted on Linux only")
    void theHostIsSeenAsItIsButNotChanged(@TempDir Path host) throws IOException {
        Files.createDirectory(host.resolve("d"));
        Files.writeString(host.resolve("d/f"), "one");
        try (HostFs lower = HostFs.readOnly(host)) {
            Tree tree = Tree.of(OverlayFs.over(lower, SPACE, 100, InstantSource.system()));
            assertEquals("one", tree.read("/d/f"));
            Files.writeString(host.resolve("d/f"), "two");
            Files.writeString(host.resolve("d/g"), "new");
            assertEquals("two", tree.read("/d/f"));
            assertEquals(List.of("f", "g"), tree.ls("/d"));
            Tree.write(tree.open("/d/f", O_WRONLY | O_APPEND), "!");
            Files.writeString(host.resolve("d/f"), "three");
            assertEquals("two!", tree.read("/d/f"));
            assertEquals("ok", tree.rm("/d/g"));
            assertEquals("ok", tree.mv("/d", "/e"));
            assertEquals(List.of("f"), tree.ls("/e"));
            Files.writeString(host.resolve("d/later"), "x");
            assertEquals(List.of("f", "later"), tree.ls("/e"));
            assertEquals("three", Files.readString(host.resolve("d/f")));
            assertTrue(Files.exists(host.resolve("d/g")));
        }
    }

    /** The host replaces a file again and again while it is copied up: a copy is one version or the other. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "host directories can be mounted on Linux only")
    void aFileThatIsReplacedWhileItIsCopiedIsNotMixed(@TempDir Path host) throws Exception {
        Path file = host.resolve("file");
        Path next = host.resolve("next");
        String a = "a".repeat(200_000);
        String b = "b".repeat(150_000);
        Files.writeString(file, a);
        AtomicBoolean done = new AtomicBoolean();
        Thread replacer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; !done.get(); i++) {
                    Files.writeString(next, i % 2 == 0 ? b : a);
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        try (HostFs lower = HostFs.readOnly(host)) {
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Tree tree = Tree.of(OverlayFs.over(lower, SPACE, 100, InstantSource.system()));
                if (tree.chmod(0600, "/file").equals("ok")) {
                    seen.add(tree.read("/file"));
                }
            }
            done.set(true);
            replacer.join();
            assertTrue(seen.size() > 20, "copied only " + seen.size() + " times");
            assertEquals(List.of(), seen.stream().filter(text -> !text.equals(a) && !text.equals(b)).toList());
        } finally {
            done.set(true);
        }
    }

    /** Many threads copy up, rename and remove in a few directories: each name is there or not, and no space is lost. */
    @Test
    void manyAtOnce() throws Exception {
        for (int i = 0; i < 8; i++) {
            below.write("/etc/d/" + i, "text" + i);
        }
        below.dirs("/etc/d/sub").write("/etc/d/sub/x", "x");
        Tree tree = mount(true);
        overlay = OverlayFs.over(image, SPACE, 1000, InstantSource.system());
        Tree shared = Tree.of(overlay);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            int seed = t;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    work(shared, seed);
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertEquals("text1", tree.read("/etc/d/1"));
        for (String directory : List.of("/etc/d/sub", "/lib/deep", "/etc/d", "/lib")) {
            for (String name : shared.ls(directory)) {
                String path = directory + "/" + name;
                if (FileMode.isDirectory(shared.lstat(path).mode)) {
                    continue;
                }
                assertEquals("ok", shared.rm(path));
            }
        }
        assertEquals(0, overlay.usedBytes());
    }

    private static void work(Tree tree, int seed) {
        java.util.Random random = new java.util.Random(seed);
        String[] directories = {"/etc/d", "/lib/deep", "/etc/d/sub"};
        for (int i = 0; i < 2000; i++) {
            String path = directories[random.nextInt(3)] + "/" + random.nextInt(8);
            String other = directories[random.nextInt(3)] + "/" + random.nextInt(8);
            switch (random.nextInt(6)) {
                case 0 -> tree.mv(path, other);
                case 1 -> tree.rm(path);
                case 2 -> tree.ln(path, other);
                case 3 -> tree.chmod(0600 + random.nextInt(64), path);
                case 4 -> {
                    Result<OpenFile> file = tree.tryOpen(path, O_RDWR);
                    if (!file.isFailure()) {
                        Tree.write(file.value(), "T");
                        file.value().release();
                    }
                }
                default -> {
                    Result<OpenFile> file = tree.tryOpen(path, O_RDONLY | OpenFlags.O_CREAT);
                    if (!file.isFailure()) {
                        String text = Tree.read(file.value());
                        assertTrue(text.length() <= 1 || text.startsWith("ext", 1), text);
                        file.value().release();
                    }
                }
            }
        }
    }
}
