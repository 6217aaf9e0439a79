package org.javix.vfs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes random calls for a comparison. The same seed gives the same calls, whatever comes of them.
 *
 * <p>Few names make calls meet: paths have links, dots and slashes in every place, now and then a name
 * that is too long, and start from the root, the working directory or an open file. The caller's user
 * changes; so do the umask and the working directory.
 */
final class RandomOperations {
    /** The slots that calls use, of the {@link VfsProcess#SLOTS}. */
    static final int SLOTS = 6;

    private static final String[] NAMES = {"a", "b", "c", "d"};
    private static final int[] MODES = {
        0755, 0644, 0777, 01777, 02775, 04755, 02755, 06755, 0600, 0, 0444, 0111, 0700, 0770, 0666, 02644, 0311
    };

    final Random random;
    final Target target;

    private final List<Supplier<Operation>> families;

    /**
     * What is compared with Linux.
     *
     * @param specialFiles whether it has sockets, device nodes and access control lists
     * @param whiteouts whether renaming can leave one
     * @param layered whether it lies over another one: then sizes of directories, blocks and access times of
     *     what is below are its own
     * @param since the second at which the comparison began: later times are "now"
     */
    record Target(boolean specialFiles, boolean whiteouts, boolean layered, long since) {}

    RandomOperations(long seed, Target target) {
        random = new Random(seed);
        this.target = target;
        families = List.of(
                new NameOperations(this)::next,
                new AttributeOperations(this)::next,
                new ContentOperations(this)::next,
                this::change,
                new ExtendedAttributeOperations(this)::next);
    }

    /** The next call. */
    Operation next() {
        int kind = random.nextInt(20);
        return families.get(kind < 8 ? 0 : kind < 12 ? 1 : kind < 18 ? 2 : kind < 19 ? 3 : 4).get();
    }

    /** A call that changes the caller. */
    private Operation change() {
        return switch (random.nextInt(4)) {
            case 0 -> {
                int mask = pick(0, 022, 027, 077, 0777, 02);
                yield Operation.counted(
                        "umask 0" + Integer.toOctalString(mask),
                        new LinuxCall("umask").number(mask),
                        process -> (long) process.context.setUmask(mask));
            }
            case 1 -> {
                String path = path();
                yield Operation.plain(
                        "chdir " + path,
                        new LinuxCall("chdir").text(path),
                        process -> FileCalls.chdir(process.context, null, path));
            }
            case 2 -> switch (random.nextInt(6)) {
                case 0 -> become(1000, 1000);
                case 1 -> become(1001, 1001, 1000);
                case 2 -> become(1000, 1001, 1002);
                case 3 -> become(1002, 1002, 1001, 1000);
                default -> become(0, 0);
            };
            default -> new Operation(
                    "getcwd",
                    new LinuxCall("getcwd").output(4096).number(4096),
                    reply -> reply.result() < 0 ? Tree.name(reply.result()) : reply.bytes().replace("\0", ""),
                    process -> {
                        Result<String> path = FileCalls.getcwd(process.context);
                        return path.isFailure() ? Tree.name(path.error()) : path.value();
                    });
        };
    }

    /** The call that takes on a user. */
    static Operation become(int uid, int gid, Integer... groups) {
        ByteBuffer list = LinuxCall.buffer(4 * groups.length);
        for (int group : groups) {
            list.putInt(group);
        }
        return Operation.plain(
                "become " + uid + ":" + gid + " " + List.of(groups),
                new LinuxCall("become").number(uid).number(gid).bytes(list.array()),
                process -> process.become(uid, gid, List.of(groups)));
    }

    int pick(int... values) {
        return values[random.nextInt(values.length)];
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int mode() {
        return MODES[random.nextInt(MODES.length)];
    }

    int slot() {
        return random.nextInt(SLOTS);
    }

    /** Where a relative path starts. */
    int at() {
        return oneIn(5) ? slot() : LinuxCall.CWD;
    }

    String path() {
        if (oneIn(150)) {
            return oneIn(2) ? "" : "x".repeat(pick(255, 256)) + (oneIn(2) ? "/a" : "");
        }
        if (oneIn(400)) {
            return "a/".repeat(2047) + pick(1, 12);
        }
        StringBuilder path = new StringBuilder();
        if (oneIn(8)) {
            path.append(oneIn(4) ? "//" : "/");
        }
        int depth = oneIn(40) ? 0 : 1 + Math.min(random.nextInt(3), random.nextInt(3));
        for (int i = 0; i < depth; i++) {
            if (i > 0) {
                path.append(oneIn(10) ? "//" : "/");
            }
            switch (random.nextInt(24)) {
                case 0 -> path.append('.');
                case 1, 2 -> path.append("..");
                default -> path.append(NAMES[random.nextInt(NAMES.length)]);
            }
        }
        if (depth > 0 && oneIn(12)) {
            path.append('/');
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    static String where(int at, String path) {
        return (at == LinuxCall.CWD ? "" : at + ":") + (path.length() > 100 ? path.length() + " bytes" : "'" + path + "'");
    }
}
