package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.ENOMEM;
import static org.javix.vfs.Errno.ENOSYS;

import java.util.List;
import org.javix.posix.GuestThread.Step;
import org.javix.process.Process;
import org.javix.process.ProcessExit;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;
import org.javix.wasm.StackFrame;
import org.javix.wasm.Unwind;

/**
 * {@code fork} and {@code vfork}.
 *
 * <p>The call makes the child's record and then unwinds the guest's stack: every function on it leaves
 * its frame as plain data and returns. At the base of the thread the frames are complete. For
 * {@code fork} the instance is copied there, the child's thread continues the copy from the frames with
 * the result 0, and the parent continues its own instance from the same frames with the child's pid. Other threads of the
 * parent keep still meanwhile, so that the copy is of one moment.
 * For {@code vfork} nothing is copied: the child's thread continues the parent's own instance, and the
 * parent does so once the child has called exec or has ended.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/fork.html">fork</a>
 */
final class ForkCalls {
    /** Why the stack is unwound. */
    private record Fork(Process child, boolean sharesMemory) {}

    private ForkCalls() {}

    static long fork(GuestThread p) throws Unwind {
        return split(p, false);
    }

    static long vfork(GuestThread p) throws Unwind {
        return split(p, true);
    }

    private static long split(GuestThread p, boolean sharesMemory) throws Unwind {
        if (!p.instance().unwindable()) {
            return -ENOSYS;
        }
        Process child = p.task().fork();
        if (child == null) {
            return -EAGAIN;
        }
        throw new Unwind(new Fork(child, sharesMemory));
    }

    /** The pid of the child that a stack is being unwound for. */
    static int childOf(Unwind unwind) {
        return ((Fork) unwind.reason()).child.pid();
    }

    /** At the thread's base, with all frames captured: starts the child; answers how the parent goes on. */
    static Step start(GuestThread parent, Unwind unwind) {
        Fork fork = (Fork) unwind.reason();
        List<StackFrame> frames = unwind.frames();
        return fork.sharesMemory
                ? startOnSameMemory(parent, fork.child, frames)
                : startOnCopy(parent, fork.child, frames);
    }

    private static Step startOnCopy(GuestThread parent, Process child, List<StackFrame> frames) {
        ResidentMemory limit = parent.system().residentMemory();
        if (limit.isLimited() && !limit.allows(parent.addresses().memory().ownResidentBytes())) {
            child.discard();
            return instance -> instance.resume(frames, -ENOMEM);
        }
        Instance copy;
        AddressSpace addresses;
        try {
            parent.task().freezeOthers();
            // Nor does another process change the memory meanwhile, by cutting off a file that is mapped.
            synchronized (parent.addresses()) {
                copy = parent.instance().fork(Memory::copy);
                addresses = parent.addresses().fork(copy.linearMemory(), child.pid());
            }
        } catch (OutOfMemoryError e) {
            child.discard();
            return instance -> instance.resume(frames, -ENOMEM);
        } catch (ProcessExit ended) {
            child.discard();
            throw ended;
        } finally {
            parent.task().thawOthers();
        }
        GuestThread guest = new GuestProcess(parent.guest(), child, copy, addresses).main();
        guest.use(copy, parent.mayHaveThreads() ? new SharedMemory(copy.linearMemory()) : null);
        // Linux forgets it. But musl 1.2.3 takes its list of threads for locked until that word is cleared, in a child, too: who
        // joins the child's first thread would wait for ever.
        guest.setClearedTid(parent.clearedTid());
        // Linux forgets that as well, but the C library of a program without threads says where its list is only once.
        guest.setRobustList(parent.robustList());
        guest.inheritSignalStack(parent);
        child.start(self -> guest.run(instance -> instance.resume(frames, 0)));
        return instance -> instance.resume(frames, child.pid());
    }

    private static Step startOnSameMemory(GuestThread parent, Process child, List<StackFrame> frames) {
        MemoryLoan loan = new MemoryLoan(parent);
        GuestThread guest =
                new GuestProcess(parent.guest(), child, parent.instance(), parent.addresses().retain()).main();
        guest.borrow(loan, parent);
        guest.inheritSignalStack(parent);
        // Only SIGKILL ends this wait early; then the child keeps the memory as long as it needs it.
        parent.task().startAndAwaitExec(child, self -> guest.run(instance -> instance.resume(frames, 0)));
        return instance -> instance.resume(frames, child.pid());
    }
}
