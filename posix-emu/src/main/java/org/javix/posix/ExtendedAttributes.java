package org.javix.posix;

import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ERANGE;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.javix.vfs.AtFlags;
import org.javix.vfs.ExtendedAttributeCalls;
import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;

/**
 * The calls on extended attributes: by path, by path without following a last link, and by descriptor.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">xattr(7)</a>
 */
final class ExtendedAttributes {
    private static final int NAME_LONGEST = 255;
    private static final int VALUE_LONGEST = 1 << 16;
    private static final int XATTR_FLAGS = 3;

    /** What a call is about. */
    record Subject(OpenFile at, String path, int flags) {}

    private ExtendedAttributes() {}

    /** Finds the subject of one of the three forms of a call; EFAULT for a bad path. */
    @FunctionalInterface
    interface Form {
        Subject find(GuestThread p, long subject);
    }

    static final Form PATH = (p, path) -> new Subject(null, p.memory().path(path), 0);

    static final Form LINK = (p, path) -> new Subject(null, p.memory().path(path), AtFlags.AT_SYMLINK_NOFOLLOW);

    static final Form DESCRIPTOR = (p, fd) -> {
        OpenFile file = p.files().get((int) fd);
        return new Subject(
                file == null || file.isPath() ? FileCalls.BAD_DESCRIPTOR : file, "", AtFlags.AT_EMPTY_PATH);
    };

    static CallBuilder.Handler5 set(Form form) {
        return (p, of, name, value, size, how) -> {
            if ((how & ~XATTR_FLAGS) != 0) {
                return -EINVAL;
            }
            String key = name(p, name);
            long length = size & 0xffff_ffffL;
            if (length > VALUE_LONGEST) {
                return key.isEmpty() ? -ERANGE : -E2BIG;
            }
            byte[] bytes = new byte[(int) length];
            p.memory().getBytes(value, bytes, 0, bytes.length);
            Subject subject = form.find(p, of);
            return ExtendedAttributeCalls.set(p.fs(), subject.at, subject.path, subject.flags, key, bytes, (int) how);
        };
    }

    static CallBuilder.Handler4 get(Form form) {
        return (p, of, name, value, size) -> {
            String key = name(p, name);
            Subject subject = form.find(p, of);
            Result<byte[]> found = ExtendedAttributeCalls.get(p.fs(), subject.at, subject.path, subject.flags, key);
            return found.isFailure() ? found.error() : give(p, found.value(), value, size);
        };
    }

    static CallBuilder.Handler3 list(Form form) {
        return (p, of, list, size) -> {
            Subject subject = form.find(p, of);
            Result<List<String>> names = ExtendedAttributeCalls.list(p.fs(), subject.at, subject.path, subject.flags);
            if (names.isFailure()) {
                return names.error();
            }
            StringBuilder text = new StringBuilder();
            names.value().forEach(name -> text.append(name).append('\0'));
            return give(p, text.toString().getBytes(StandardCharsets.ISO_8859_1), list, size);
        };
    }

    static CallBuilder.Handler2 remove(Form form) {
        return (p, of, name) -> {
            String key = name(p, name);
            Subject subject = form.find(p, of);
            return ExtendedAttributeCalls.remove(p.fs(), subject.at, subject.path, subject.flags, key);
        };
    }

    /** A name; one that is too long becomes empty, which is as wrong. */
    private static String name(GuestThread p, long address) {
        String name = p.memory().string(address, NAME_LONGEST + 1);
        return name == null ? "" : name;
    }

    /** The length, if nothing but that is asked for, or the bytes as well. */
    private static long give(GuestThread p, byte[] bytes, long buffer, long size) {
        long room = size & 0xffff_ffffL;
        if (room != 0) {
            if (room < bytes.length) {
                return -ERANGE;
            }
            p.memory().setBytes(buffer, bytes);
        }
        return bytes.length;
    }
}
