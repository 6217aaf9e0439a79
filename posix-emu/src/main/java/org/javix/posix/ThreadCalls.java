package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOSYS;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Task;
import org.javix.wasm.Instance;

/** Threads: how they begin, and what the system does for them when they end. */
final class ThreadCalls {
    /** What the host calls on the instance of a new thread: function, argument, stack, base of thread-local variables. */
    private static final String ENTRY = "__javix_thread_start";

    private static final int ROBUST_LIST_HEAD = 12;

    private static final int MEMBARRIER_QUERY = 0;
    private static final int MEMBARRIER_PRIVATE_EXPEDITED = 8;
    private static final int MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 16;

    private ThreadCalls() {}

    /**
     * Starts a thread: a copy of the caller's instance on the same memory.
     *
     * @param parentTid where its number is stored before it starts; 0 for nowhere
     * @param childTid the word that is cleared, and woken as a futex, when it has ended; 0 for none
     */
    static long thread(
            GuestThread p, long function, long argument, long stack, long tls, long parentTid, long childTid) {
        if (!p.mayHaveThreads() || !p.instance().exports(ENTRY)) {
            return -ENOSYS;
        }
        if (parentTid != 0) {
            p.memory().check(parentTid, 4);
        }
        Task task = p.task().newTask();
        if (task == null) {
            return -EAGAIN;
        }
        Instance copy;
        try {
            copy = p.instance().fork();
        } catch (OutOfMemoryError e) {
            task.discard();
            return -EAGAIN;
        }
        GuestThread thread = p.newThread(task, copy);
        thread.setClearedTid(childTid);
        if (parentTid != 0) {
            p.memory().set32(parentTid, task.tid());
        }
        int tid = task.tid();
        task.start(self -> thread.run(instance -> instance.call(ENTRY, function, argument, stack, tls)));
        return tid;
    }

    /** A handler that is about to return lets the call that it interrupted fail, which would else be made again. */
    static long failCall(GuestThread p) {
        p.setCallFails(true);
        return 0;
    }

    static long setTidAddress(GuestThread p, long address) {
        p.setClearedTid(address);
        return p.task().tid();
    }

    static long setRobustList(GuestThread p, long head, long length) {
        if (length != ROBUST_LIST_HEAD) {
            return -EINVAL;
        }
        p.setRobustList(head);
        return 0;
    }

    static long getRobustList(GuestThread p, long tid, long head, long length) {
        GuestThread of = p;
        if (tid != 0 && tid != p.task().tid()) {
            Task task = p.kernel().task((int) tid);
            if (task == null) {
                return -ESRCH;
            }
            // Another thread's head is known to itself only.
            if (!p.credentials().isRoot()) {
                return -EPERM;
            }
            of = p.guest().thread(task);
            if (of == null) {
                return -ESRCH;
            }
        }
        p.memory().set32(length, ROBUST_LIST_HEAD);
        p.memory().set32(head, (int) of.robustList());
        return 0;
    }

    /** Every other thread passes a safepoint, which is a barrier. */
    static long membarrier(GuestThread p, long command, long flags) {
        if (flags != 0) {
            return -EINVAL;
        }
        switch ((int) command) {
            case MEMBARRIER_QUERY -> {
                return MEMBARRIER_PRIVATE_EXPEDITED | MEMBARRIER_REGISTER_PRIVATE_EXPEDITED;
            }
            case MEMBARRIER_PRIVATE_EXPEDITED -> {
                p.task().freezeOthers();
                p.task().thawOthers();
                return 0;
            }
            case MEMBARRIER_REGISTER_PRIVATE_EXPEDITED -> {
                return 0;
            }
            default -> {
                return -EINVAL;
            }
        }
    }
}
