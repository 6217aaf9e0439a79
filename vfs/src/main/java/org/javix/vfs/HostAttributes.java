package org.javix.vfs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The host's calls on extended attributes, of the file that a descriptor stands for, be it one of O_PATH. */
final class HostAttributes {
    private static final int MOST = 1 << 16;

    private static final MethodHandle SETXATTR =
            HostCalls.call("setxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETXATTR =
            HostCalls.call("getxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LISTXATTR = HostCalls.call("listxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle REMOVEXATTR = HostCalls.call("removexattr", JAVA_INT, ADDRESS, ADDRESS);

    private HostAttributes() {}

    static int set(int fd, String name, byte[] value, int how) {
        return (int) HostCalls.run((arena, errno) -> {
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
            return (int) SETXATTR.invokeExact(errno, HostCalls.string(arena, HostCalls.self(fd)),
                    HostCalls.string(arena, name), bytes, (long) value.length, how);
        });
    }

    static Result<byte[]> get(int fd, String name) {
        byte[][] value = {null};
        long result = HostCalls.run((arena, errno) -> {
            MemorySegment bytes = arena.allocate(MOST);
            long length = (long) GETXATTR.invokeExact(errno, HostCalls.string(arena, HostCalls.self(fd)),
                    HostCalls.string(arena, name), bytes, (long) MOST);
            if (length >= 0) {
                value[0] = bytes.asSlice(0, length).toArray(JAVA_BYTE);
            }
            return length;
        });
        return result < 0 ? Result.failed((int) result) : Result.of(value[0]);
    }

    /** Adds the names, in the order of the alphabet; access control lists are not told of. */
    static int list(int fd, List<String> names) {
        return (int) HostCalls.run((arena, errno) -> {
            MemorySegment bytes = arena.allocate(MOST);
            long length = (long) LISTXATTR.invokeExact(
                    errno, HostCalls.string(arena, HostCalls.self(fd)), bytes, (long) MOST);
            for (long at = 0; at < length; at += names.getLast().length() + 1) {
                names.add(bytes.getString(at, StandardCharsets.ISO_8859_1));
            }
            names.removeIf(name -> AttributeNames.checkNamespace(name) < 0);
            names.sort(null);
            return length;
        });
    }

    static int remove(int fd, String name) {
        return (int) HostCalls.run((arena, errno) -> (int) REMOVEXATTR.invokeExact(
                errno, HostCalls.string(arena, HostCalls.self(fd)), HostCalls.string(arena, name)));
    }
}
