package org.javix.vfs;

import static org.javix.vfs.RandomOperations.where;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Random calls that make, remove and list names. */
final class NameOperations {
    private static final int[] OPEN_FLAGS = {
        OpenFlags.O_CREAT, OpenFlags.O_CREAT, OpenFlags.O_EXCL, OpenFlags.O_TRUNC, OpenFlags.O_APPEND,
        OpenFlags.O_DIRECTORY, OpenFlags.O_NOFOLLOW, OpenFlags.O_PATH, OpenFlags.O_NOATIME
    };

    private final RandomOperations any;

    NameOperations(RandomOperations any) {
        this.any = any;
    }

    Operation next() {
        int at = any.at();
        String path = any.path();
        int other = any.at();
        String otherPath = any.path();
        int mode = any.mode();
        return switch (any.random.nextInt(18)) {
            case 0, 1 -> Operation.plain(
                    "mkdir " + where(at, path) + " 0" + Integer.toOctalString(mode),
                    new LinuxCall("mkdirat").fd(at).text(path).number(mode),
                    process -> FileCalls.mkdir(process.context, process.at(at, path), path, mode));
            case 2 -> mknod(at, path, mode);
            case 3, 4 -> Operation.plain(
                    "unlink " + where(at, path),
                    new LinuxCall("unlinkat").fd(at).text(path).number(0),
                    process -> FileCalls.unlink(process.context, process.at(at, path), path));
            case 5 -> Operation.plain(
                    "rmdir " + where(at, path),
                    new LinuxCall("unlinkat").fd(at).text(path).number(AtFlags.AT_REMOVEDIR),
                    process -> FileCalls.rmdir(process.context, process.at(at, path), path));
            case 6, 7 -> Operation.plain(
                    "symlink " + where(LinuxCall.CWD, otherPath) + " " + where(at, path),
                    new LinuxCall("symlinkat").text(otherPath).fd(at).text(path),
                    process -> FileCalls.symlink(process.context, otherPath, process.at(at, path), path));
            case 8 -> link(at, path, other, otherPath);
            case 9, 10 -> rename(at, path, other, otherPath);
            case 11 -> new Operation(
                    "readlink " + where(at, path),
                    new LinuxCall("readlinkat").fd(at).text(path).output(4096).number(4096),
                    reply -> reply.result() < 0 ? Tree.name(reply.result()) : reply.bytes(),
                    process -> {
                        Result<String> target = FileCalls.readLink(process.context, process.at(at, path), path);
                        return target.isFailure() ? Tree.name(target.error()) : target.value();
                    });
            case 12 -> list(any.slot());
            case 13 -> close(any.slot());
            default -> open(at, path, mode);
        };
    }

    private Operation mknod(int at, String path, int mode) {
        int type = any.pick(0, FileMode.S_IFREG, FileMode.S_IFDIR, FileMode.S_IFLNK);
        if (any.target.specialFiles() && any.oneIn(2)) {
            type = any.pick(FileMode.S_IFSOCK, FileMode.S_IFCHR, FileMode.S_IFBLK);
        }
        int bits = type | mode;
        long device = Devices.number(240, 7); // one that has no driver
        return Operation.plain(
                "mknod " + where(at, path) + " 0" + Integer.toOctalString(bits),
                new LinuxCall("mknodat").fd(at).text(path).number(bits).number(device),
                process -> FileCalls.mknod(process.context, process.at(at, path), path, bits, device));
    }

    private Operation link(int at, String path, int other, String otherPath) {
        int flags = any.pick(0, 0, AtFlags.AT_SYMLINK_FOLLOW, AtFlags.AT_EMPTY_PATH);
        String from = flags == AtFlags.AT_EMPTY_PATH && any.oneIn(2) ? "" : otherPath;
        return Operation.plain(
                "link " + where(other, from) + " " + where(at, path) + " " + flags,
                new LinuxCall("linkat").fd(other).text(from).fd(at).text(path).number(flags),
                process -> FileCalls.link(
                        process.context, process.at(other, from), from, process.at(at, path), path, flags));
    }

    private Operation rename(int at, String path, int other, String otherPath) {
        int flags = any.oneIn(2) ? 0 : any.pick(AtFlags.RENAME_NOREPLACE, AtFlags.RENAME_EXCHANGE, 3, 8);
        if (any.target.whiteouts() && any.oneIn(8)) {
            flags = AtFlags.RENAME_WHITEOUT | any.pick(0, AtFlags.RENAME_NOREPLACE, AtFlags.RENAME_EXCHANGE);
        }
        return rename(at, path, other, otherPath, flags);
    }

    private static Operation rename(int at, String path, int other, String otherPath, int flags) {
        return Operation.plain(
                "rename " + where(other, otherPath) + " " + where(at, path) + " " + flags,
                new LinuxCall("renameat2").fd(other).text(otherPath).fd(at).text(path).number(flags),
                process -> FileCalls.rename(
                        process.context, process.at(other, otherPath), otherPath, process.at(at, path), path, flags));
    }

    /** Opens with any flags, in a slot that was emptied before. */
    private Operation open(int at, String path, int mode) {
        int flags = any.random.nextInt(3) | OpenFlags.O_NONBLOCK;
        if (any.oneIn(20)) {
            flags |= OpenFlags.O_TMPFILE;
        }
        for (int flag : OPEN_FLAGS) {
            flags |= any.oneIn(4) ? flag : 0;
        }
        return open(any.slot(), at, path, flags, mode);
    }

    static Operation open(int slot, int at, String path, int flags, int mode) {
        return Operation.plain(
                "open " + where(at, path) + " 0" + Integer.toOctalString(flags)
                        + " 0" + Integer.toOctalString(mode) + " as " + slot,
                new LinuxCall("openat").fd(at).text(path).openFlags(flags).number(mode).into(slot),
                process -> process.open(slot, at, path, flags, mode));
    }

    static Operation close(int slot) {
        return Operation.plain("close " + slot, new LinuxCall("drop").into(slot), process -> process.drop(slot));
    }

    /** Back to the start of a directory, as before {@link #list}. */
    static Operation rewind(int slot) {
        return Operation.plain(
                "rewind " + slot,
                new LinuxCall("lseek").fd(slot).number(0).number(0),
                process -> (int) process.file(slot).seek(0, OpenFile.SEEK_SET));
    }

    /** The names in an open directory, from its position on, in the order of the alphabet. */
    static Operation list(int slot) {
        return new Operation(
                "list " + slot,
                new LinuxCall("getdents64").fd(slot).output(65536).number(65536),
                reply -> reply.result() < 0 ? Tree.name(reply.result()) : sorted(entries(reply)),
                process -> {
                    List<String> names = new ArrayList<>();
                    int count = process.file(slot).readDirectory((ino, next, type, name) -> names.add(name + " " + type));
                    return count < 0 ? Tree.name(count) : sorted(names);
                });
    }

    private static String sorted(List<String> names) {
        Collections.sort(names);
        return names.toString();
    }

    private static List<String> entries(LinuxCall.Reply reply) {
        List<String> names = new ArrayList<>();
        ByteBuffer buffer = reply.buffers().getFirst();
        for (int at = 0; at < reply.result(); at += buffer.getShort(at + 16)) {
            int length = 0;
            while (buffer.get(at + 19 + length) != 0) {
                length++;
            }
            byte[] name = new byte[length];
            buffer.get(at + 19, name);
            names.add(new String(name, StandardCharsets.ISO_8859_1) + " " + buffer.get(at + 18));
        }
        return names;
    }
}
