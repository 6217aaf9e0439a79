package org.javix.posix;

import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Process;
import org.javix.vfs.Credentials;

/**
 * Copying between the memories of processes. Another's may end at any moment, so its address space does it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/process_vm_readv.2.html">process_vm_readv(2)</a>
 */
final class ProcessMemoryCalls {
    private static final int IOV_MAX = 1024;
    private static final int AT_ONCE = 1 << 16;

    private ProcessMemoryCalls() {}

    static long readv(GuestThread p, long pid, long local, long count, long remote, long remoteCount, long flags) {
        return copy(p, pid, local, count, remote, remoteCount, flags, false);
    }

    static long writev(GuestThread p, long pid, long local, long count, long remote, long remoteCount, long flags) {
        return copy(p, pid, local, count, remote, remoteCount, flags, true);
    }

    private static long copy(
            GuestThread p, long pid, long local, long count, long remote, long remoteCount, long flags, boolean writes) {
        if (flags != 0 || count < 0 || count > IOV_MAX || remoteCount < 0 || remoteCount > IOV_MAX) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        long room = total(memory, local, count);
        long wanted = total(memory, remote, remoteCount);
        if (room < 0 || wanted < 0) {
            return -EINVAL;
        }
        if (count == 0 || remoteCount == 0) {
            return 0;
        }
        Process process = p.kernel().process((int) pid);
        if (process == null) {
            return -ESRCH;
        }
        if (process != p.process() && !mayTrace(p.credentials(), process.fs().credentials())) {
            return -EPERM;
        }
        GuestProcess other = process.guest() instanceof GuestProcess guest ? guest : null;
        if (other == null || other.addresses() == null) {
            return -ESRCH;
        }
        AreaPages theirs = other.addresses().content();
        long length = Math.min(room, wanted);
        long done = 0;
        Pieces here = new Pieces(memory, local);
        Pieces there = new Pieces(memory, remote);
        byte[] bytes = p.scratch((int) Math.min(length, AT_ONCE));
        try {
            while (done < length) {
                int step = (int) Math.min(Math.min(length - done, bytes.length), Math.min(here.left(), there.left()));
                if (writes) {
                    memory.getBytes(here.at(), bytes, 0, step);
                }
                int moved = writes ? theirs.copyIn(there.at(), bytes, step) : theirs.copyOut(there.at(), bytes, step);
                if (!writes) {
                    memory.setBytes(here.at(), bytes, 0, moved);
                }
                done += moved;
                if (moved < step) {
                    return done > 0 ? done : -EFAULT;
                }
                here.skip(step);
                there.skip(step);
            }
        } catch (Fault fault) {
            if (done == 0) {
                throw fault;
            }
        }
        return done;
    }

    private static boolean mayTrace(Credentials own, Credentials other) {
        return own.isRoot() || own.uid() == other.uid() && own.uid() == other.euid() && own.uid() == other.suid();
    }

    /** The bytes of a vector; -1 if one of its lengths is negative. */
    private static long total(GuestMemory memory, long vector, long count) {
        long total = 0;
        for (long i = 0; i < count; i++) {
            int length = memory.i32(vector + 8 * i + 4);
            if (length < 0) {
                return -1;
            }
            total += length;
        }
        return total;
    }

    /** A place in a vector of struct iovec. */
    private static final class Pieces {
        private final GuestMemory memory;
        private final long vector;
        private int index;
        private long done;

        Pieces(GuestMemory memory, long vector) {
            this.memory = memory;
            this.vector = vector;
        }

        /** The bytes that are left of the piece: more than 0, where any are left at all. */
        long left() {
            long length;
            while ((length = memory.i32(vector + 8L * index + 4) & 0xffff_ffffL) == done) {
                index++;
                done = 0;
            }
            return length - done;
        }

        long at() {
            return (memory.i32(vector + 8L * index) & 0xffff_ffffL) + done;
        }

        void skip(int count) {
            done += count;
        }
    }
}
