package org.javix.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.javix.vfs.AtFlags.AT_EMPTY_PATH;
import static org.javix.vfs.AtFlags.AT_SYMLINK_NOFOLLOW;
import static org.javix.vfs.RandomOperations.where;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Random calls on extended attributes. */
final class ExtendedAttributeOperations {
    private static final String[] NAMES = {
        "user.a", "user.a", "user.b", "trusted.a", "security.a", "user.", "trusted.", "other.a", "system.a", "", "noprefix"
    };

    /** Tags and ids of the entries of lists; the permissions are random. */
    private static final int[][][] LISTS = {
        {{1, -1}, {4, -1}, {32, -1}},
        {{1, -1}, {2, 1000}, {2, 1001}, {4, -1}, {16, -1}, {32, -1}},
        {{1, -1}, {4, -1}, {8, 1000}, {8, 1002}, {16, -1}, {32, -1}},
        {{1, -1}, {2, 1002}, {4, -1}, {8, 1001}, {16, -1}, {32, -1}},
        {{1, -1}, {4, -1}, {16, -1}, {32, -1}},
        {{1, -1}, {2, 1000}, {4, -1}, {32, -1}},
        {{1, -1}, {4, -1}, {2, 1000}, {16, -1}, {32, -1}},
        {{1, -1}, {4, -1}},
        {}
    };

    private final RandomOperations any;

    ExtendedAttributeOperations(RandomOperations any) {
        this.any = any;
    }

    /** Who is asked: a path, followed or not, or an open file. */
    private record Subject(String path, int slot, String prefix) {
        LinuxCall call(String name) {
            LinuxCall call = new LinuxCall(prefix + name);
            return slot >= 0 ? call.fd(slot) : call.text(path);
        }

        OpenFile at(VfsProcess process) {
            return slot >= 0 ? process.plainOrBad(slot) : null;
        }

        int flags() {
            return slot >= 0 ? AT_EMPTY_PATH : prefix.isEmpty() ? 0 : AT_SYMLINK_NOFOLLOW;
        }

        @Override
        public String toString() {
            return prefix + (slot >= 0 ? slot : where(LinuxCall.CWD, path));
        }
    }

    private Subject subject() {
        return switch (any.random.nextInt(3)) {
            case 0 -> new Subject(any.path(), -1, "");
            case 1 -> new Subject(any.path(), -1, "l");
            default -> new Subject("", any.slot(), "f");
        };
    }

    Operation next() {
        Subject subject = subject();
        boolean list = any.target.specialFiles() && any.oneIn(2);
        String name = list
                ? any.oneIn(2) ? AccessList.ACCESS : AccessList.DEFAULT
                : NAMES[any.random.nextInt(NAMES.length)];
        return switch (any.random.nextInt(4)) {
            case 0 -> {
                byte[] value = list ? list() : "v".repeat(any.pick(0, 1, 100, 65537)).getBytes(ISO_8859_1);
                int how = any.pick(0, 0, 1, 2, 4);
                yield Operation.plain(
                        "setxattr " + subject + " " + name + " " + value.length + " " + how,
                        subject.call("setxattr").text(name).bytes(value).number(value.length).number(how),
                        process -> ExtendedAttributeCalls.set(
                                process.context, subject.at(process), subject.path, subject.flags(), name, value, how));
            }
            case 1 -> new Operation(
                    "getxattr " + subject + " " + name,
                    subject.call("getxattr").text(name).output(200).number(200),
                    reply -> reply.result() < 0 ? Tree.name(reply.result()) : reply.bytes(),
                    process -> {
                        Result<byte[]> value = ExtendedAttributeCalls.get(
                                process.context, subject.at(process), subject.path, subject.flags(), name);
                        return value.isFailure() ? Tree.name(value.error()) : new String(value.value(), ISO_8859_1);
                    });
            case 2 -> new Operation(
                    "listxattr " + subject,
                    subject.call("listxattr").output(4096).number(4096),
                    reply -> reply.result() < 0 ? Tree.name(reply.result()) : sorted(reply.bytes()),
                    process -> {
                        Result<List<String>> names = ExtendedAttributeCalls.list(
                                process.context, subject.at(process), subject.path, subject.flags());
                        return names.isFailure() ? Tree.name(names.error()) : names.value().stream().sorted().toList().toString();
                    });
            default -> Operation.plain(
                    "removexattr " + subject + " " + name,
                    subject.call("removexattr").text(name),
                    process -> ExtendedAttributeCalls.remove(
                            process.context, subject.at(process), subject.path, subject.flags(), name));
        };
    }

    /** An access control list, mostly a valid one. */
    private byte[] list() {
        int[][] entries = LISTS[any.random.nextInt(LISTS.length)];
        ByteBuffer bytes = LinuxCall.buffer(4 + 8 * entries.length).putInt(any.oneIn(50) ? 1 : 2);
        for (int[] entry : entries) {
            bytes.putShort((short) entry[0]).putShort((short) any.random.nextInt(any.oneIn(50) ? 9 : 8)).putInt(entry[1]);
        }
        return any.oneIn(50) ? Arrays.copyOf(bytes.array(), bytes.capacity() - 1) : bytes.array();
    }

    private static String sorted(String names) {
        return Arrays.stream(names.split("\0")).filter(name -> !name.isEmpty()).sorted().toList().toString();
    }
}
