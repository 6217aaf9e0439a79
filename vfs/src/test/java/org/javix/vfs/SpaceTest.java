package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_APPEND;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a file system may hold, and that all of it comes back. */
@Timeout(60)
class SpaceTest {
    private static final int PAGE = 4096;

    private final TmpFs fs = TmpFs.create(64 * PAGE, 50, InstantSource.system());
    private final Tree tree = Tree.of(fs);

    private static long write(OpenFile file, int bytes) {
        return file.write(null, MemorySegment.ofArray(new byte[bytes]), 0, bytes);
    }

    @Test
    void aFullDiskCutsTheLastWriteShort() {
        OpenFile file = tree.open("/f", O_WRONLY | O_CREAT);
        assertEquals(60 * PAGE, write(file, 60 * PAGE));
        assertEquals(4 * PAGE, write(file, 10 * PAGE));
        assertEquals(-Errno.ENOSPC, write(file, 1));
        assertEquals(0, write(file, 0));
        assertEquals(64 * PAGE, tree.stat("/f").size);
        // What is there can be written over.
        assertEquals(PAGE, file.pwrite(null, MemorySegment.ofArray(new byte[PAGE]), 0, PAGE, 0));
        assertEquals(0, file.truncate(PAGE));
        assertEquals(63 * PAGE, write(tree.open("/g", O_WRONLY | O_CREAT), 100 * PAGE));
        file.release();
    }

    @Test
    void spaceComesBackWithTheLastNameAndTheLastClose() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        write(file, 10 * PAGE);
        tree.ln("/f", "/g");
        OpenFile place = tree.open("/f", OpenFlags.O_PATH);
        tree.rm("/f");
        tree.rm("/g");
        assertEquals(10 * PAGE, fs.usedBytes());
        file.release();
        assertEquals(10 * PAGE, fs.usedBytes());
        place.release();
        assertEquals(0, fs.usedBytes());
        assertEquals(1, fs.usedInodes());
    }

    @Test
    void extendedAttributesCount() {
        tree.write("/f", "");
        byte[] value = new byte[1 << 16];
        int set = 0;
        while (ExtendedAttributeCalls.set(tree.context, null, "/f", 0, "user.a" + set, value, 0) == 0) {
            set++;
        }
        assertEquals(3, set);
        assertTrue(fs.usedBytes() > 3 << 16);
        tree.rm("/f");
        assertEquals(0, fs.usedBytes());
    }

    @Test
    void namesHaveALimit() {
        for (int i = 0; i < 49; i++) {
            assertEquals("ok", tree.mkdir("/d" + i));
        }
        assertEquals("ENOSPC", tree.mkdir("/one-more"));
        assertEquals("ENOSPC", tree.symlink("x", "/link"));
        assertEquals("ok", tree.rmdir("/d7"));
        assertEquals("ok", tree.symlink("x", "/link"));
    }

    @Test
    void oneByteFarAwayCostsOnePage() {
        TmpFs large = TmpFs.create();
        OpenFile file = Tree.of(large).open("/f", O_RDWR | O_CREAT);
        assertEquals(1, file.pwrite(null, Tree.bytes("x"), 0, 1, (1L << 40) - 1));
        assertEquals(PAGE, large.usedBytes());
        Stat stat = new Stat();
        file.stat(stat);
        assertEquals(1L << 40, stat.size);
        assertEquals(8, stat.blocks);
        assertEquals((1L << 40) - PAGE, file.seek(0, OpenFile.SEEK_DATA));
        file.release();
    }

    /** Whatever several threads do to few files, in the end nothing is left over and nothing is counted twice. */
    @Test
    void nothingIsLostUnderLoad() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            threads.add(Thread.ofPlatform().start(() -> disturb(random)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        tree.ls("/").forEach(name -> tree.rm("/" + name));
        assertEquals(0, fs.usedBytes());
        assertEquals(1, fs.usedInodes());
    }

    private void disturb(Random random) {
        for (int i = 0; i < 5000; i++) {
            String path = "/f" + random.nextInt(4);
            String other = "/f" + random.nextInt(4);
            switch (random.nextInt(6)) {
                case 0 -> tree.rm(path);
                case 1 -> tree.mv(path, other);
                case 2 -> tree.ln(path, other);
                case 3 -> ExtendedAttributeCalls.set(
                        tree.context, null, path, 0, "user.a", new byte[random.nextInt(5000)], 0);
                default -> {
                    Result<OpenFile> opened = tree.tryOpen(path, O_RDWR | O_CREAT | random.nextInt(2) * O_APPEND);
                    if (!opened.isFailure()) {
                        use(opened.value(), random);
                    }
                }
            }
        }
    }

    private static void use(OpenFile file, Random random) {
        for (int i = 0; i < 3; i++) {
            long at = random.nextInt(20 * PAGE);
            switch (random.nextInt(4)) {
                case 0 -> file.truncate(at);
                case 1 -> file.allocate(FallocateFlags.PUNCH_HOLE | FallocateFlags.KEEP_SIZE, at, 3 * PAGE);
                case 2 -> file.allocate(FallocateFlags.KEEP_SIZE, at, PAGE);
                default -> file.pwrite(null, MemorySegment.ofArray(new byte[6000]), 0, 6000, at);
            }
        }
        file.release();
    }
}
