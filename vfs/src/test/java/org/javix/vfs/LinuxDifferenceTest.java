package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.javix.vfs.RandomOperations.Target;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same random calls of several users in a directory of this Linux and in a file system of ours give
 * the same results and the same trees. A seed reproduces a failure.
 *
 * <p>{@code -Djavix.difference.seeds=N} makes the comparisons longer, {@code
 * -Djavix.difference.first=N} starts with another seed.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "compares with Linux")
class LinuxDifferenceTest {
    private static final int FIRST = Integer.getInteger("javix.difference.first", 0);
    private static final int SEEDS = Integer.getInteger("javix.difference.seeds", 40);
    private static final int STEPS = 2500;
    private static final int PARTS = 5;
    private static final int FINAL_SLOT = 10;

    /** A kind of file system that is compared with Linux. */
    private enum Kind {
        /** An empty one in memory. */
        MEMORY,
        /** A private copy of an empty one. */
        COPY,
        /** Layers over an empty one; the upper one becomes the lower one of a new one now and then. */
        OVERLAY,
        /** A directory of the host. */
        HOST
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void behavesAsLinuxDoes(Kind kind) throws Exception {
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            one(kind.name(), seed);
        }
    }

    /** Makes one comparison. */
    static void one(String kind, int seed) throws Exception {
        long since = System.currentTimeMillis() / 1000 - 2;
        Target all = new Target(true, true, false, since);
        switch (Kind.valueOf(kind)) {
            case MEMORY -> compare(seed, all, TmpFs.create(), UnaryOperator.identity());
            case COPY -> compare(seed, all, copy(TmpFs.create().freeze()), UnaryOperator.identity());
            case OVERLAY -> compare(seed, new Target(true, false, true, since), layer(TmpFs.create().freeze()), LinuxDifferenceTest::layer);
            case HOST -> {
                Path directory = LinuxOracle.newDirectory();
                try (HostFs fs = HostFs.readWrite(directory)) {
                    compare(seed, new Target(false, false, false, since), fs, UnaryOperator.identity());
                } finally {
                    LinuxOracle.remove(directory);
                }
            }
        }
    }

    private static FileSystem copy(FileSystem lower) {
        return TmpFs.over(lower, TmpFs.UNLIMITED, TmpFs.UNLIMITED, InstantSource.system());
    }

    private static FileSystem layer(FileSystem lower) {
        return OverlayFs.over(lower, TmpFs.UNLIMITED, TmpFs.UNLIMITED, InstantSource.system());
    }

    /** @param renew gives the file system to go on with, now and then; all files are closed meanwhile */
    private static void compare(int seed, Target target, FileSystem first, UnaryOperator<FileSystem> renew)
            throws Exception {
        RandomOperations random = new RandomOperations(seed, target);
        FileSystem fs = first;
        try (LinuxOracle linux = new LinuxOracle()) {
            VfsProcess process = new VfsProcess(fs);
            List<String> history = new ArrayList<>();
            perform(linux, process, List.of(openToAll()), history, seed);
            for (int part = 0; part < PARTS; part++) {
                perform(linux, process, operations(random), history, seed);
                FileSystem next = renew.apply(fs);
                if (next != fs) {
                    perform(linux, process, leave(), history, seed);
                    process.moveTo(next);
                    fs = next;
                }
            }
            perform(linux, process, List.of(RandomOperations.become(0, 0)), history, seed);
            compareTrees(linux, process, "/", target, history, seed);
            process.closeAll();
        }
    }

    private static Operation openToAll() {
        return Operation.plain(
                "chmod / 0777",
                new LinuxCall("fchmodat").fd(LinuxCall.CWD).text("/").number(0777),
                process -> FileCalls.chmod(process.context, null, "/", 0777, 0));
    }

    private static List<Operation> operations(RandomOperations random) {
        List<Operation> operations = new ArrayList<>();
        for (int step = 0; step < STEPS / PARTS; step++) {
            Operation next = random.next();
            String slot = next.text().replaceFirst(".*( as|^list) ", "");
            if (next.text().startsWith("open ")) {
                operations.add(NameOperations.close(Integer.parseInt(slot)));
            } else if (next.text().startsWith("list ")) {
                operations.add(NameOperations.rewind(Integer.parseInt(slot)));
            }
            operations.add(next);
        }
        return operations;
    }

    /** Closes all files and leaves the working directory, as root. */
    private static List<Operation> leave() {
        List<Operation> operations = new ArrayList<>();
        operations.add(RandomOperations.become(0, 0));
        for (int slot = 0; slot < RandomOperations.SLOTS; slot++) {
            operations.add(NameOperations.close(slot));
        }
        operations.add(Operation.plain(
                "chdir /",
                new LinuxCall("chdir").text("/"),
                process -> FileCalls.chdir(process.context, null, "/")));
        return operations;
    }

    private static void perform(
            LinuxOracle linux, VfsProcess process, List<Operation> operations, List<String> history, int seed)
            throws IOException {
        List<LinuxCall.Reply> replies = linux.make(operations.stream().map(Operation::call).toList());
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            String expected = operation.there().apply(replies.get(i));
            String actual = operation.run(process);
            history.add(operation.text() + " = " + (expected.length() > 100 ? "…" : expected));
            if (!expected.equals(actual) && !actual.equals(Operation.UNDEFINED)) {
                assertEquals(expected, actual, "seed " + seed + " after\n" + String.join("\n", history) + "\n");
            }
        }
    }

    /** Compares directories, attributes, targets and contents below a path. */
    private static void compareTrees(
            LinuxOracle linux, VfsProcess process, String path, Target target, List<String> history, int seed)
            throws IOException {
        List<Operation> operations = new ArrayList<>();
        operations.add(AttributeOperations.stat(LinuxCall.CWD, path, AtFlags.AT_SYMLINK_NOFOLLOW, target));
        operations.add(NameOperations.open(
                FINAL_SLOT, LinuxCall.CWD, path, OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK, 0));
        Stat stat = new Stat();
        FileCalls.stat(process.context, null, path, AtFlags.AT_SYMLINK_NOFOLLOW, stat);
        if (FileMode.isDirectory(stat.mode)) {
            operations.add(NameOperations.list(FINAL_SLOT));
        } else if (FileMode.isRegular(stat.mode)) {
            operations.add(ContentOperations.content(FINAL_SLOT));
        }
        operations.add(NameOperations.close(FINAL_SLOT));
        perform(linux, process, operations, history, seed);
        if (FileMode.isDirectory(stat.mode)) {
            for (String name : new Tree(process.context).ls(path)) {
                compareTrees(linux, process, path.equals("/") ? "/" + name : path + "/" + name, target, history, seed);
            }
        }
    }
}
