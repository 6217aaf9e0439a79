package org.javix.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.javix.vfs.RandomOperations.where;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/** Random calls on the content of files. */
final class ContentOperations {
    private final RandomOperations any;

    ContentOperations(RandomOperations any) {
        this.any = any;
    }

    Operation next() {
        int slot = any.slot();
        long position = position();
        int length = any.pick(0, 1, 7, 100, 4096, 5000);
        return switch (any.random.nextInt(12)) {
            case 0, 1 -> {
                String text = text(length);
                yield Operation.counted(
                        "write " + slot + " " + length,
                        new LinuxCall("write").fd(slot).text(text).number(length),
                        process -> process.file(slot).write(process.waiter, Tree.bytes(text), 0, length));
            }
            case 2, 3 -> {
                String text = text(length);
                yield Operation.counted(
                        "pwrite " + slot + " " + length + " at " + position,
                        new LinuxCall("pwrite64").fd(slot).text(text).number(length).number(position),
                        process -> position < 0
                                ? -Errno.EINVAL
                                : process.file(slot).pwrite(process.waiter, Tree.bytes(text), 0, length, position));
            }
            case 4 -> input("read " + slot + " " + length, length,
                    new LinuxCall("read").fd(slot).output(length).number(length),
                    process -> buffer -> process.file(slot).read(process.waiter, buffer, 0, length));
            case 5 -> input("pread " + slot + " " + length + " at " + position, length,
                    new LinuxCall("pread64").fd(slot).output(length).number(length).number(position),
                    process -> buffer -> position < 0
                            ? -Errno.EINVAL
                            : process.file(slot).pread(process.waiter, buffer, 0, length, position));
            case 6 -> {
                int whence = any.random.nextInt(6);
                long offset = any.oneIn(3) ? -position : position;
                yield new Operation(
                        "seek " + slot + " " + offset + " " + whence,
                        new LinuxCall("lseek").fd(slot).number(offset).number(whence),
                        reply -> Operation.number(reply.result()),
                        process -> {
                            OpenFile file = process.file(slot);
                            long result = file.seek(offset, whence);
                            // Positions in directories mean something to the file system only.
                            return file.isPath() || !file.inode().isDirectory()
                                    ? Operation.number(result)
                                    : Operation.UNDEFINED;
                        });
            }
            case 7 -> Operation.plain(
                    "ftruncate " + slot + " " + position,
                    new LinuxCall("ftruncate").fd(slot).number(position),
                    process -> position < 0
                            ? -Errno.EINVAL
                            : FileCalls.truncate(process.context, process.file(slot), position));
            case 8 -> {
                String path = any.path();
                yield Operation.plain(
                        "truncate " + where(LinuxCall.CWD, path) + " " + position,
                        new LinuxCall("truncate").text(path).number(position),
                        process -> FileCalls.truncate(process.context, null, path, position));
            }
            case 9 -> {
                int mode = any.pick(0, 1, 3, 3, 2, 8, 16, 32, 17);
                yield Operation.plain(
                        "fallocate " + slot + " " + mode + " " + position + " " + length,
                        new LinuxCall("fallocate").fd(slot).number(mode).number(position).number(length),
                        process -> FileCalls.allocate(process.context, process.file(slot), mode, position, length));
            }
            case 10 -> lock(slot);
            default -> {
                int flags = any.pick(0, OpenFlags.O_APPEND, OpenFlags.O_NONBLOCK, OpenFlags.O_NOATIME);
                yield Operation.plain(
                        "fcntl " + slot + " F_SETFL 0" + Integer.toOctalString(flags),
                        new LinuxCall("fcntl").fd(slot).number(4).number(flags),
                        process -> FileCalls.setStatusFlags(process.context, process.plain(slot), flags));
            }
        };
    }

    private Operation lock(int slot) {
        int operation = any.pick(1, 2, 8);
        int type = operation == 1 ? RecordLocks.F_RDLCK : operation == 2 ? RecordLocks.F_WRLCK : RecordLocks.F_UNLCK;
        return Operation.plain(
                "flock " + slot + " " + operation,
                new LinuxCall("flock").fd(slot).number(operation | 4),
                process -> {
                    OpenFile file = process.plain(slot);
                    return file.inode().locks().flock(file, type, null);
                });
    }

    private Operation input(
            String text, int length, LinuxCall call, Function<VfsProcess, Function<MemorySegment, Long>> read) {
        return new Operation(
                text,
                call,
                reply -> reply.result() < 0 ? Tree.name(reply.result()) : reply.bytes(),
                process -> {
                    byte[] bytes = new byte[length];
                    long count = read.apply(process).apply(MemorySegment.ofArray(bytes));
                    return count < 0 ? Tree.name(count) : new String(bytes, 0, (int) count, ISO_8859_1);
                });
    }

    /** The whole content of a file, by a path. */
    static Operation content(int slot) {
        return new ContentOperations(null).input("read " + slot, 1 << 16,
                new LinuxCall("pread64").fd(slot).output(1 << 16).number(1 << 16).number(0),
                process -> buffer -> process.file(slot).pread(process.waiter, buffer, 0, 1 << 16, 0));
    }

    private long position() {
        return switch (any.random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> any.random.nextInt(16) * 4096L;
            case 3 -> any.oneIn(4) ? Long.MAX_VALUE - any.random.nextInt(3) : 1L << 40;
            default -> any.random.nextInt(40_000);
        };
    }

    private String text(int length) {
        return String.valueOf((char) ('a' + any.random.nextInt(26))).repeat(length);
    }
}
