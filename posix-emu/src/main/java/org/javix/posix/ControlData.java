package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.javix.net.ControlMessage;
import org.javix.net.SocketCredentials;
import org.javix.net.SocketFile;
import org.javix.net.SocketMessage;
import org.javix.vfs.OpenFile;

/**
 * The control data of a message: a sequence of {@code struct cmsghdr}, each with its data, aligned to four bytes. Files
 * (SCM_RIGHTS) and credentials (SCM_CREDENTIALS) of Unix-domain sockets are sent; what those of the internet tell is received.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
final class ControlData {
    /** The length, the level and the type. */
    private static final int HEADER = 12;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int CREDENTIALS_SIZE = 12;

    /** The most files of one message. */
    private static final int MAX_FILES = 253;

    private ControlData() {}

    /** Adds what a guest sends: 0, -EINVAL; throws {@code EBADF}. */
    static int read(GuestThread p, SocketFile socket, long control, long length, SocketMessage message) {
        GuestMemory memory = p.memory();
        memory.check(control, length);
        if (socket.domain() != SocketFile.AF_UNIX) {
            return 0;
        }
        List<OpenFile> files = new ArrayList<>();
        for (long at = 0; length - at >= HEADER; ) {
            long size = memory.i32(control + at) & 0xffff_ffffL;
            if (size < HEADER || size > length - at) {
                return -EINVAL;
            }
            if (memory.i32(control + at + 4) == SOL_SOCKET) {
                int error = readOne(p, memory.i32(control + at + 8), control + at + HEADER, size - HEADER, files, message);
                if (error < 0) {
                    return error;
                }
            }
            at += aligned(size);
        }
        message.setFiles(files);
        return 0;
    }

    private static int readOne(
            GuestThread p, int type, long data, long size, List<OpenFile> files, SocketMessage message) {
        GuestMemory memory = p.memory();
        if (type == SCM_RIGHTS) {
            if (files.size() + size / 4 > MAX_FILES) {
                return -EINVAL;
            }
            for (int i = 0; i < size / 4; i++) {
                files.add(p.file(memory.i32(data + 4L * i)));
            }
            return 0;
        }
        if (type != SCM_CREDENTIALS || size != CREDENTIALS_SIZE) {
            return -EINVAL;
        }
        message.setCredentials(
                new SocketCredentials(memory.i32(data), memory.i32(data + 4), memory.i32(data + 8)));
        return 0;
    }

    /**
     * Gives a guest what came with a message: files become descriptors. Files that do not fit are dropped.
     *
     * @return the bytes written in the lower half, MSG_CTRUNC in the upper if something was dropped
     */
    static long write(GuestThread p, long control, long room, SocketMessage message) {
        GuestMemory memory = p.memory();
        long used = 0;
        long truncated = 0;
        for (ControlMessage each : told(message)) {
            if (room - used < HEADER) {
                truncated = SocketMessage.MSG_CTRUNC;
                break;
            }
            // What does not fit is cut, as on Linux.
            byte[] data = each.data();
            int size = (int) Math.min(data.length, room - used - HEADER);
            truncated |= size < data.length ? SocketMessage.MSG_CTRUNC : 0;
            writeHeader(memory, control + used, size, each.level(), each.type());
            memory.setBytes(control + used + HEADER, data, 0, size);
            used = Math.min(room, used + aligned(HEADER + data.length));
        }
        List<OpenFile> files = message.files();
        if (!files.isEmpty()) {
            int most = (int) Math.max(0, (room - used - HEADER) / 4);
            int count = writeFiles(p, control + used, files, most, message.has(SocketMessage.MSG_CMSG_CLOEXEC));
            truncated |= count < files.size() ? SocketMessage.MSG_CTRUNC : 0;
            used += count > 0 ? HEADER + 4L * count : 0;
        }
        return used | truncated << 32;
    }

    /** What was asked for, and who sends. */
    private static List<ControlMessage> told(SocketMessage message) {
        SocketCredentials sender = message.credentials();
        if (sender == null) {
            return message.control();
        }
        byte[] who = ByteBuffer.allocate(CREDENTIALS_SIZE).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sender.pid()).putInt(sender.uid()).putInt(sender.gid()).array();
        return List.of(new ControlMessage(SOL_SOCKET, SCM_CREDENTIALS, who));
    }

    private static int writeFiles(GuestThread p, long at, List<OpenFile> files, int most, boolean closeOnExec) {
        int count = 0;
        while (count < files.size() && count < most) {
            int fd = p.install(files.get(count), closeOnExec);
            if (fd < 0) {
                break;
            }
            p.memory().set32(at + HEADER + 4L * count, fd);
            count++;
        }
        // One that got no descriptor has lost its reference already.
        int lost = count < files.size() && count < most ? count + 1 : count;
        files.subList(lost, files.size()).forEach(OpenFile::release);
        if (count > 0) {
            writeHeader(p.memory(), at, 4 * count, SOL_SOCKET, SCM_RIGHTS);
        }
        return count;
    }

    private static void writeHeader(GuestMemory memory, long at, int size, int level, int type) {
        memory.set32(at, HEADER + size);
        memory.set32(at + 4, level);
        memory.set32(at + 8, type);
    }

    private static long aligned(long size) {
        return size + 3 & ~3L;
    }
}
