package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random calls on a directory of this Linux and in a {@link TmpFs} give the same errors and
 * the same trees. Paths have links, dots and slashes in every place. A seed reproduces a failure.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "compares with Linux")
class LinuxDifferenceTest {
    private static final int SEEDS = 12;
    private static final int STEPS = 2500;
    private static final int[] OPEN_FLAGS = {
        OpenFlags.O_CREAT, OpenFlags.O_EXCL, OpenFlags.O_TRUNC, OpenFlags.O_APPEND,
        OpenFlags.O_DIRECTORY, OpenFlags.O_NOFOLLOW, OpenFlags.O_PATH
    };
    private static final String[] NAMES = {"a", "b", "c", "d"};

    @TempDir
    Path directory;

    private Random random;

    @Test
    void namesBehaveAsOnLinux() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed, TmpFs.create());
        }
    }

    @Test
    void namesBehaveAsOnLinuxInACopyToo() throws IOException {
        for (int seed = 100; seed < 100 + SEEDS; seed++) {
            TmpFs lower = TmpFs.create().freeze();
            run(seed, TmpFs.over(lower, TmpFs.UNLIMITED, TmpFs.UNLIMITED, InstantSource.system()));
        }
    }

    /** Every few hundred steps, what is there becomes the lower layer of a new overlay. */
    @Test
    void namesBehaveAsOnLinuxInOverlaysToo() throws IOException {
        for (int seed = 200; seed < 200 + SEEDS; seed++) {
            run(seed, TmpFs.create(), STEPS / 6);
        }
    }

    private void run(int seed, FileSystem fs) throws IOException {
        run(seed, fs, Integer.MAX_VALUE);
    }

    private static Tree layOver(Tree tree) {
        FileSystem lower = tree.context.mounts().root().fileSystem();
        if (lower instanceof TmpFs fs) {
            fs.freeze();
        }
        Tree upper = Tree.of(OverlayFs.over(lower, TmpFs.UNLIMITED, TmpFs.UNLIMITED, InstantSource.system()));
        upper.cd("/x/y");
        return upper;
    }

    private void run(int seed, FileSystem fs, int layerSteps) throws IOException {
        random = new Random(seed);
        Path root = Files.createDirectory(directory.resolve("seed" + seed));
        // Both trees are entered at a directory of their own, two levels down, so ".." meets no other place.
        Files.createDirectories(root.resolve("x/y"));
        Tree tree = Tree.of(fs).dirs("/x", "/x/y");
        tree.cd("/x/y");
        int fd = HostCalls.openRoot(root.resolve("x/y").toString());
        List<String> history = new ArrayList<>();
        try {
            for (int step = 0; step < STEPS; step++) {
                history.add(step(tree, fd));
                if (step % layerSteps == layerSteps - 1) {
                    tree = layOver(tree);
                }
            }
        } catch (AssertionError e) {
            int from = Math.max(0, history.size() - 30);
            throw new AssertionError("seed " + seed + " after " + history.subList(from, history.size()), e);
        } finally {
            HostCalls.close(fd);
        }
        try (HostFs host = HostFs.readOnly(root)) {
            assertEquals(describe(Tree.of(host)), describe(tree), "seed " + seed);
        }
    }

    /** One call on both sides; the results must be equal. */
    private String step(Tree tree, int fd) {
        FsContext context = tree.context;
        String path = path();
        String other = path();
        int linux;
        int here;
        String call;
        switch (random.nextInt(13)) {
            case 0, 1 -> {
                call = "mkdir " + path;
                linux = HostCalls.mkdir(fd, path, 0755);
                here = FileCalls.mkdir(context, null, path, 0755);
            }
            case 2 -> {
                call = "create " + path;
                linux = HostCalls.create(fd, path, 0644);
                if (linux >= 0) {
                    HostCalls.close(linux);
                    linux = 0;
                }
                Result<OpenFile> made = FileCalls.open(context, null, null, path,
                        OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY, 0644);
                here = made.error();
                if (!made.isFailure()) {
                    made.value().release();
                }
            }
            case 3 -> {
                call = "unlink " + path;
                linux = HostCalls.unlink(fd, path, 0);
                here = FileCalls.unlink(context, null, path);
            }
            case 4 -> {
                call = "rmdir " + path;
                linux = HostCalls.unlink(fd, path, HostCalls.AT_REMOVEDIR);
                here = FileCalls.rmdir(context, null, path);
            }
            case 5 -> {
                other = other.replace("..", "."); // chains of links could lead far up
                call = "symlink " + other + " " + path;
                linux = HostCalls.symlink(other, fd, path);
                here = FileCalls.symlink(context, other, null, path);
            }
            case 6 -> {
                call = "link " + other + " " + path;
                linux = HostCalls.link(fd, other, fd, path);
                here = FileCalls.link(context, null, other, null, path, 0);
            }
            case 7 -> {
                call = "readlink " + path;
                Result<String> linuxTarget = HostCalls.readLink(fd, path);
                Result<String> target = FileCalls.readLink(context, null, path);
                assertEquals(linuxTarget, target, call);
                linux = 0;
                here = 0;
            }
            case 8, 9, 10 -> {
                return open(tree, fd, path);
            }
            default -> {
                int flags = random.nextInt(5) < 3 ? 0 : random.nextInt(3);
                call = "rename " + other + " " + path + " " + flags;
                linux = HostCalls.rename(fd, other, fd, path, flags);
                here = FileCalls.rename(context, null, other, null, path, flags);
            }
        }
        assertEquals(Tree.name(linux), Tree.name(here), call);
        return call;
    }

    /** Opens with any flags and, if that is allowed, writes a byte somewhere. */
    private String open(Tree tree, int directory, String path) {
        int flags = random.nextInt(3);
        int linuxFlags = flags;
        for (int flag : OPEN_FLAGS) {
            if (random.nextInt(3) == 0) {
                flags |= flag;
                linuxFlags |= switch (flag) {
                    case OpenFlags.O_DIRECTORY -> HostCalls.O_DIRECTORY;
                    case OpenFlags.O_NOFOLLOW -> HostCalls.O_NOFOLLOW;
                    default -> flag;
                };
            }
        }
        String call = "open " + path + " 0" + Integer.toOctalString(flags);
        int position = random.nextInt(5000);
        long linux = HostCalls.open(directory, path, linuxFlags, 0644);
        if (linux >= 0) {
            int fd = (int) linux;
            linux = HostCalls.pwrite(fd, Tree.bytes("z"), 0, 1, position);
            HostCalls.close(fd);
        }
        Result<OpenFile> opened = FileCalls.open(tree.context, null, null, path, flags, 0644);
        long here = opened.error();
        if (!opened.isFailure()) {
            here = opened.value().pwrite(null, Tree.bytes("z"), 0, 1, position);
            opened.value().release();
        }
        assertEquals(Tree.name(linux), Tree.name(here), call);
        return call;
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            if (i > 0) {
                path.append(random.nextInt(10) == 0 ? "//" : "/");
            }
            int kind = random.nextInt(24);
            if (kind == 0) {
                path.append('.');
            } else if (kind == 1) {
                // Never above the directory that both sides start in.
                path.append(i == 0 ? "a/.." : "..");
            } else {
                path.append(NAMES[random.nextInt(NAMES.length)]);
            }
        }
        if (random.nextInt(12) == 0) {
            path.append('/');
        }
        return path.toString();
    }

    /** Every path with its type, number of links and target. */
    private static TreeMap<String, String> describe(Tree tree) {
        TreeMap<String, String> all = new TreeMap<>();
        describe(tree, "/x/y", all);
        return all;
    }

    private static void describe(Tree tree, String path, TreeMap<String, String> all) {
        for (String name : tree.ls(path)) {
            String child = path + "/" + name;
            Stat stat = tree.lstat(child);
            int type = FileMode.type(stat.mode);
            switch (type) {
                case FileMode.S_IFDIR -> {
                    all.put(child, "directory");
                    describe(tree, child, all);
                }
                case FileMode.S_IFLNK -> all.put(child, "link to " + tree.readlink(child) + " " + stat.nlink);
                default -> all.put(child, "file " + stat.nlink + " " + tree.read(child));
            }
        }
    }
}
