package org.javix.vfs;

import static org.javix.vfs.OpenFile.SEEK_DATA;
import static org.javix.vfs.OpenFile.SEEK_HOLE;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseFileTest {
    private static final long TIB = 1L << 40;

    private final TmpFs fs = TmpFs.create();
    private final Tree tree = Tree.of(fs);

    @Test
    void aHugeFileWithOneByteCostsOnePage() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        assertEquals(1, file.pwrite(null, Tree.bytes("x"), 0, 1, TIB));
        assertEquals(TIB + 1, tree.stat("/f").size);
        assertEquals(8, tree.stat("/f").blocks);
        assertEquals(Pages.SIZE, fs.usedBytes());
        byte[] bytes = new byte[10];
        Arrays.fill(bytes, (byte) 1);
        assertEquals(6, file.pread(null, MemorySegment.ofArray(bytes), 0, 10, TIB - 5));
        assertEquals(0, bytes[0]);
        assertEquals('x', bytes[5]);
        assertEquals(1, bytes[6]);
    }

    @Test
    void holesAndDataAreFound() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        file.pwrite(null, Tree.bytes("x"), 0, 1, 3 * 4096);
        file.pwrite(null, Tree.bytes("x"), 0, 1, 4 * 4096);
        file.truncate(10 * 4096);
        assertEquals(3 * 4096, file.seek(0, SEEK_DATA));
        assertEquals(3 * 4096 + 7, file.seek(3 * 4096 + 7, SEEK_DATA));
        assertEquals(5 * 4096, file.seek(3 * 4096 + 7, SEEK_HOLE));
        assertEquals(0, file.seek(0, SEEK_HOLE));
        assertEquals(-Errno.ENXIO, file.seek(5 * 4096, SEEK_DATA));
        assertEquals(-Errno.ENXIO, file.seek(10 * 4096, SEEK_HOLE));
    }

    @Test
    void whatIsCutOffIsGone() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        Tree.write(file, "y".repeat(10_000));
        assertEquals(0, file.truncate(4100));
        assertEquals(2 * Pages.SIZE, fs.usedBytes());
        file.truncate(5000);
        file.seek(0, OpenFile.SEEK_SET);
        assertEquals("y".repeat(4100) + "\0".repeat(900), Tree.read(file));
        file.truncate(0);
        assertEquals(0, fs.usedBytes());
        assertEquals(-Errno.EINVAL, file.truncate(-1));
    }

    @Test
    void holesCanBePunchedAndSpaceReserved() {
        OpenFile file = tree.open("/f", O_RDWR | O_CREAT);
        Tree.write(file, "z".repeat(3 * 4096));
        assertEquals(0, file.allocate(3, 100, 2 * 4096));
        file.seek(0, OpenFile.SEEK_SET);
        String text = "z".repeat(100) + "\0".repeat(2 * 4096) + "z".repeat(4096 - 100);
        assertEquals(text, Tree.read(file));
        assertEquals(2 * Pages.SIZE, fs.usedBytes());
        assertEquals(0, file.allocate(1, 0, 5 * 4096));
        assertEquals(3 * 4096, tree.stat("/f").size);
        assertEquals(5 * Pages.SIZE, fs.usedBytes());
        assertEquals(0, file.allocate(0, 0, 6 * 4096));
        assertEquals(6 * 4096, tree.stat("/f").size);
        assertEquals(-Errno.EOPNOTSUPP, file.allocate(64, 0, 1));
    }

    @Test
    void theDiskCanBeFull() {
        TmpFs small = TmpFs.create(3 * Pages.SIZE, 3, InstantSource.system());
        Tree full = Tree.of(small);
        OpenFile file = full.open("/f", O_RDWR | O_CREAT);
        assertEquals(3 * 4096, Tree.write(file, "x".repeat(5 * 4096)));
        assertEquals(-Errno.ENOSPC, Tree.write(file, "x"));
        assertEquals(1, file.pwrite(null, Tree.bytes("y"), 0, 1, 0));
        assertEquals("ok", full.mkdir("/d"));
        assertEquals("ENOSPC", full.mkdir("/e"));
        StatFs stat = new StatFs();
        FileCalls.statfs(full.context, null, "/", 0, stat);
        assertEquals(0, stat.blocksFree);
        assertEquals(0, stat.filesFree);
        full.rm("/f");
        assertEquals("ENOSPC", full.mkdir("/e"), "the file is still open");
        file.release();
        assertEquals("ok", full.mkdir("/e"));
        assertEquals(0, small.usedBytes());
        full.rmdir("/e");
        full.write("/g", "");
        assertEquals("ENOSPC", full.ln("/g", "/h"), "every name counts");
        full.rmdir("/d");
        assertEquals("ok", full.ln("/g", "/h"));
        full.rm("/g");
        full.rm("/h");
        assertEquals(1, small.usedInodes());
    }

    /** The same random operations on a file and on an array give the same bytes. */
    @Test
    void aFileBehavesLikeAnArray() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TmpFs lower = TmpFs.create();
            byte[] model = new byte[40_000];
            int size = random.nextInt(model.length);
            byte[] start = new byte[size];
            random.nextBytes(start);
            System.arraycopy(start, 0, model, 0, size);
            Tree.of(lower).open("/f", O_RDWR | O_CREAT).write(null, MemorySegment.ofArray(start), 0, size);
            Tree upper = Tree.of(TmpFs.over(lower.freeze(), TmpFs.UNLIMITED, 100, InstantSource.system()));
            OpenFile file = upper.open("/f", O_RDWR);
            for (int step = 0; step < 200; step++) {
                int at = random.nextInt(model.length);
                int length = random.nextInt(model.length - at);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        byte[] bytes = new byte[length];
                        random.nextBytes(bytes);
                        assertEquals(length, file.pwrite(null, MemorySegment.ofArray(bytes), 0, length, at));
                        System.arraycopy(bytes, 0, model, at, length);
                        size = length == 0 ? size : Math.max(size, at + length);
                    }
                    case 1 -> {
                        file.truncate(at);
                        if (at < size) {
                            Arrays.fill(model, at, size, (byte) 0);
                        }
                        size = at;
                    }
                    case 2 -> {
                        file.allocate(3, at, length + 1);
                        Arrays.fill(model, at, Math.min(at + length + 1, model.length), (byte) 0);
                    }
                    default -> {
                        byte[] bytes = new byte[length];
                        int expected = Math.clamp(size - at, 0, length);
                        assertEquals(expected, file.pread(null, MemorySegment.ofArray(bytes), 0, length, at));
                        assertEquals(-1, Arrays.mismatch(Arrays.copyOf(bytes, expected), Arrays.copyOfRange(model, at, at + expected)),
                                "seed " + seed + " step " + step);
                    }
                }
                assertEquals(size, upper.stat("/f").size);
            }
        }
    }
}
