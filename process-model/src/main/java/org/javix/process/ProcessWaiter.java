package org.javix.process;

import org.javix.vfs.Credentials;
import org.javix.vfs.Waiter;

/** The waiter of a process's thread: signals interrupt it. */
final class ProcessWaiter extends Waiter {
    final Process process;

    ProcessWaiter(Thread thread, Process process) {
        super(thread);
        this.process = process;
    }

    @Override
    public Credentials credentials(Credentials opener) {
        return process.fs().credentials();
    }

    @Override
    public boolean interrupted() {
        return process.signals().needsAttention();
    }
}
