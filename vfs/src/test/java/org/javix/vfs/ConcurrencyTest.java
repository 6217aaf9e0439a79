package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_APPEND;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_EXCL;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyTest {
    private final TmpFs fs = TmpFs.create();
    private final Tree tree = Tree.of(fs);

    private interface Body {
        void run(int worker);
    }

    private static void parallel(int workers, Body body) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            int worker = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    body.run(worker);
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    @Test
    void noAppendedLineIsLost() throws InterruptedException {
        parallel(4, worker -> {
            OpenFile file = tree.open("/log", O_WRONLY | O_CREAT | O_APPEND);
            for (int i = 0; i < 2000; i++) {
                Tree.write(file, "worker " + worker + " line " + i + "\n");
            }
            file.release();
        });
        List<String> lines = tree.read("/log").lines().toList();
        assertEquals(8000, lines.size());
        assertEquals(8000, lines.stream().distinct().count());
    }

    @Test
    void onlyOneMakesAnExclusiveFile() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        parallel(4, worker -> {
            for (int i = 0; i < 500; i++) {
                if (tree.opening("/lock" + i, O_WRONLY | O_CREAT | O_EXCL).equals("ok")) {
                    made.incrementAndGet();
                }
            }
        });
        assertEquals(500, made.get());
    }

    @Test
    void replacingAFileByRenameIsNeverSeenHalfDone() throws InterruptedException {
        tree.write("/config", "version 0");
        AtomicBoolean done = new AtomicBoolean();
        parallel(3, worker -> {
            if (worker == 0) {
                for (int i = 1; i < 3000; i++) {
                    tree.write("/config.new", "version " + i);
                    tree.mv("/config.new", "/config");
                }
                done.set(true);
            } else {
                while (!done.get()) {
                    String seen = tree.read("/config");
                    assertTrue(seen.matches("version \\d+"), seen);
                }
            }
        });
        assertEquals(2, fs.usedInodes());
    }

    /** Directories are moved into each other at random; the tree stays a tree and nothing is lost. */
    @Test
    void movingDirectoriesAboutMakesNoLoops() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            tree.dirs("/d" + i);
        }
        parallel(4, worker -> {
            Random random = new Random(worker);
            for (int i = 0; i < 5000; i++) {
                String from = path(random);
                String to = path(random);
                switch (random.nextInt(4)) {
                    case 0 -> tree.mv(from, to, AtFlags.RENAME_EXCHANGE);
                    case 1 -> tree.rmdir(from);
                    case 2 -> tree.mkdir(from);
                    default -> tree.mv(from, to);
                }
            }
        });
        int[] found = {1};
        check("/", found);
        assertEquals(fs.usedInodes(), found[0]);
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.append("/d").append(random.nextInt(8));
        }
        return path.toString();
    }

    private void check(String path, int[] found) {
        List<String> children = tree.ls(path);
        assertEquals(2 + children.size(), tree.stat(path).nlink, path);
        tree.cd(path);
        assertEquals(path, tree.pwd());
        for (String child : children) {
            found[0]++;
            check(path.equals("/") ? "/" + child : path + "/" + child, found);
        }
    }

    @Test
    void aCopiedDirectoryIsTakenOverOnce() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            tree.write("/f" + i, "content " + i);
        }
        fs.freeze();
        Tree copy = Tree.of(TmpFs.over(fs, TmpFs.UNLIMITED, 1000, java.time.InstantSource.system()));
        parallel(4, worker -> {
            for (int i = 0; i < 200; i++) {
                assertEquals("content " + i, copy.read("/f" + i));
                copy.write("/w" + worker + "-" + i, "");
            }
        });
        assertEquals(1000, copy.ls("/").size());
    }
}
