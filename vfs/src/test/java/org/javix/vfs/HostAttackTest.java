package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.javix.vfs.OpenFlags.O_TRUNC;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attempts to get out of a mounted host directory, as docs/THREAT_MODEL.md lists them. Beside it lies a directory with
 * the same names, in which nothing may ever be read or changed. In the races another thread plays the other program of
 * the host.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "host directories can be mounted on Linux only")
@Timeout(60)
class HostAttackTest {
    private static final long RACE_NANOS = 700_000_000;

    @TempDir
    Path directory;

    private Path shared;
    private Path outside;
    private HostFs fs;
    private Tree tree;

    @BeforeEach
    void mount() throws IOException {
        shared = Files.createDirectory(directory.resolve("shared"));
        outside = Files.createDirectory(directory.resolve("outside"));
        for (Path top : List.of(shared, outside)) {
            Files.createDirectories(top.resolve("d/e"));
            Files.writeString(top.resolve("d/e/file"), top.getFileName().toString());
            Files.writeString(top.resolve("d/file"), top.getFileName().toString());
        }
        fs = HostFs.readWrite(shared);
        tree = Tree.empty().dirs("/host");
        FileCalls.mount(tree.context, "/host", fs, 0, "host");
    }

    @AfterEach
    void unmount() {
        fs.close();
    }

    private TreeMap<String, String> stateOutside() throws IOException {
        TreeMap<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(outside)) {
            for (Path path : all.toList()) {
                String text = Files.isRegularFile(path) ? Files.readString(path) : "";
                state.put(path.toString(), text + Files.getAttribute(path, "unix:mode") + Files.getLastModifiedTime(path));
            }
        }
        return state;
    }

    /** A step of the other program; what fails because the guest was there is tried again. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Runs the guest's calls again and again while the other program does its own. */
    private static void race(Step other, Runnable guest) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    other.run();
                    LockSupport.parkNanos(200_000); // so that the guest gets in at all
                } catch (FileSystemException e) {
                    Thread.onSpinWait();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        try {
            for (long end = System.nanoTime() + RACE_NANOS; System.nanoTime() < end; ) {
                guest.run();
            }
        } finally {
            done.set(true);
            attacker.join();
        }
    }

    private static void swap(Path directory, Path aside, Path link) throws IOException {
        if (Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.move(directory, aside);
        }
        Files.copy(link, directory, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        Files.delete(directory);
        Files.move(aside, directory);
    }

    @Test
    void aDirectorySwappedForALinkNeverLetsAChangeOut() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), outside.resolve("d"));
        TreeMap<String, String> before = stateOutside();
        int[] done = {0};
        race(() -> swap(shared.resolve("d"), shared.resolve("aside"), link), () -> {
            done[0] += tree.opening("/host/d/file", O_WRONLY | O_TRUNC).equals("ok") ? 1 : 0;
            tree.opening("/host/d/new", O_RDWR | O_CREAT);
            tree.chmod(0600 + done[0] % 8, "/host/d/file");
            tree.mkdir("/host/d/made");
            tree.rmdir("/host/d/made");
            tree.symlink("x", "/host/d/symbolic");
            tree.rm("/host/d/symbolic");
            tree.ln("/host/d/file", "/host/d/hard");
            tree.rm("/host/d/hard");
            tree.mv("/host/d/new", "/host/d/e/moved");
            tree.rm("/host/d/e/moved");
            FileCalls.utimens(tree.context, null, "/host/d/file", 1, 1, 1, 1, 0);
            FileCalls.truncate(tree.context, null, "/host/d/file", 3);
        });
        assertTrue(done[0] > 0, "the guest never got in");
        assertEquals(before, stateOutside());
    }

    @Test
    void aParentMovedAwayOpensNoWayUp() throws Exception {
        int[] read = {0};
        race(() -> {
            Files.move(shared.resolve("d/e"), outside.resolve("moved"));
            Files.move(outside.resolve("moved"), shared.resolve("d/e"));
        }, () -> {
            for (String path : List.of("/host/d/e/../../../outside/d/file", "/host/d/e/../file", "/host/d/e/../../d/file")) {
                String text = tree.read(path);
                assertTrue(text.equals("shared") || text.equals("ENOENT"), path + ": " + text);
                read[0] += text.equals("shared") ? 1 : 0;
            }
        });
        assertTrue(read[0] > 0);
        // The same with a working directory in what is moved.
        assertEquals("ok", tree.cd("/host/d/e"));
        Files.move(shared.resolve("d/e"), outside.resolve("moved"));
        assertEquals("ENOENT", tree.read("file"));
        assertEquals("ENOENT", tree.read("../d/e/file"));
        assertEquals("shared", tree.read("../file"));
        assertEquals("ENOENT", tree.read("../../../outside/d/file"));
    }

    @Test
    void aFifoThatTakesAFilesPlaceIsNotWaitedFor() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Path file = shared.resolve("d/file");
        race(() -> {
            Files.move(file, directory.resolve("aside"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fifo, file, StandardCopyOption.ATOMIC_MOVE);
            Files.move(file, fifo, StandardCopyOption.ATOMIC_MOVE);
            Files.move(directory.resolve("aside"), file, StandardCopyOption.ATOMIC_MOVE);
        }, () -> {
            for (int flags : new int[] {O_RDONLY, O_WRONLY, O_RDWR}) {
                String result = tree.opening("/host/d/file", flags);
                assertTrue(List.of("ok", "ENOENT", "ENXIO").contains(result), result);
            }
            FileCalls.truncate(tree.context, null, "/host/d/file", 6);
        });
    }

    @Test
    void specialFilesAreSeenButNotOpened() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", shared.resolve("fifo").toString()).start().waitFor());
        try (var socket = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            socket.bind(java.net.UnixDomainSocketAddress.of(shared.resolve("socket")));
            tree.context.mounts().setFifos((context, waiter, where, flags) -> {
                throw new AssertionError("the host's FIFO is no FIFO of the guest");
            });
            for (String name : List.of("fifo", "socket")) {
                assertEquals("ok", tree.exists("/host/" + name));
                for (int flags : new int[] {O_RDONLY, O_WRONLY, O_RDWR | OpenFlags.O_NONBLOCK}) {
                    assertEquals("ENXIO", tree.opening("/host/" + name, flags), name);
                }
            }
        }
        try (HostFs devices = HostFs.readOnly(Path.of("/dev"))) {
            Tree dev = Tree.of(devices);
            assertEquals(FileMode.S_IFCHR, FileMode.type(dev.stat("/null").mode));
            assertEquals("ENXIO", dev.opening("/null", O_RDONLY));
        }
    }

    @Test
    void linksOfEveryKindEndInTheGuest() throws IOException {
        Files.createSymbolicLink(shared.resolve("absolute"), outside.resolve("d/file"));
        Files.createSymbolicLink(shared.resolve("up"), Path.of("../outside"));
        Files.createSymbolicLink(shared.resolve("magic"), Path.of("/proc/self/root" + outside));
        Files.createSymbolicLink(shared.resolve("descriptor"), Path.of("/proc/self/fd"));
        for (String path : List.of("absolute", "up/d/file", "magic/d/file", "descriptor/0", "d/../../outside/d/file")) {
            assertEquals("ENOENT", tree.read("/host/" + path), path);
            assertEquals("ENOENT", tree.opening("/host/" + path, O_WRONLY), path);
        }
        // Linking gives the link a name, not what it leads to.
        assertEquals("ok", tree.ln("/host/absolute", "/host/linked"));
        assertEquals(FileMode.S_IFLNK, FileMode.type(tree.lstat("/host/linked").mode));
        assertEquals("EXDEV", tree.ln("/host/d/file", "/copy"));
        try (HostFs proc = HostFs.readOnly(Path.of("/proc/self"))) {
            Tree magic = Tree.of(proc);
            assertEquals("ENOENT", magic.read("/root/etc/passwd"));
            assertEquals("ENOENT", magic.read("/cwd/pom.xml"));
            assertEquals("ENOENT", magic.read("/fd/0"));
        }
    }

    @Test
    void namesAreBytesAndNothingElse() throws IOException {
        int fd = HostCalls.openRoot(shared.toString());
        List<String> names = List.of("\u00ff\u00fe", "new\nline", "-rf", " ", "Case", "case", "\\", "..a", "...", "a\u0301");
        for (String name : names) {
            int file = HostCalls.create(fd, name.codePoints().anyMatch(c -> c > 255) ? "a\u00cc\u0081" : name, 0600);
            assertTrue(file >= 0, name);
            HostCalls.close(file);
        }
        HostCalls.close(fd);
        List<String> listed = tree.ls("/host");
        assertEquals(names.size() + 1, listed.size());
        for (String name : listed) {
            assertEquals("ok", tree.exists("/host/" + name));
        }
        assertEquals("ENOENT", tree.exists("/host/CASE"));
        assertEquals("ENAMETOOLONG", tree.exists("/host/" + "n".repeat(256)));
    }

    @Test
    void aSingleFileIsThatFileAndNothingBesideIt() throws IOException {
        Path file = shared.resolve("d/file");
        tree.write("/only", "covered");
        try (HostFs single = HostFs.readWrite(file)) {
            assertEquals(0, FileCalls.mount(tree.context, "/only", single, 0, "host"));
            assertEquals("shared", tree.read("/only"));
            assertEquals("ENOTDIR", tree.read("/only/../file"));
            Tree.write(tree.open("/only", O_WRONLY | O_TRUNC), "changed");
            assertEquals("changed", Files.readString(file));
            Files.move(file, shared.resolve("old"));
            Files.createSymbolicLink(file, outside.resolve("d/file"));
            assertEquals("changed", tree.read("/only"));
            assertEquals("ok", tree.chmod(0600, "/only"));
            assertEquals(0100600, Files.getAttribute(shared.resolve("old"), "unix:mode"));
            assertEquals("EBUSY", tree.rm("/only"));
        }
        assertEquals("EIO", tree.read("/only"));
    }

    /** While the host swaps and replaces, a copy in an overlay is of a file inside, whole. */
    @Test
    void anOverlayCopiesOnlyWhatIsInside() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), outside.resolve("d"));
        TreeMap<String, String> before = stateOutside();
        try (HostFs lower = HostFs.readOnly(shared)) {
            int[] copied = {0};
            race(() -> swap(shared.resolve("d"), shared.resolve("aside"), link), () -> {
                Tree overlay = Tree.of(OverlayFs.over(lower, 1 << 20, 100, InstantSource.system()));
                if (overlay.chmod(0600, "/d/file").equals("ok")) {
                    assertEquals("shared", overlay.read("/d/file"));
                    copied[0]++;
                }
                overlay.mv("/d/e", "/e");
                String moved = overlay.read("/e/file");
                assertFalse(moved.equals("outside"));
            });
            assertTrue(copied[0] > 0);
        }
        assertEquals(before, stateOutside());
        assertEquals("shared", Files.readString(shared.resolve("d/e/file")));
    }
}
