package org.javix.process;

import org.javix.vfs.Credentials;
import org.javix.vfs.Waiter;

/** The waiter of a process's thread: signals interrupt it. */
final class TaskWaiter extends Waiter {
    final Task task;

    TaskWaiter(Thread thread, Task task) {
        super(thread);
        this.task = task;
    }

    @Override
    public Credentials credentials(Credentials opener) {
        return task.process().fs().credentials();
    }

    @Override
    protected void wakes() {
        task.time.wake();
    }

    @Override
    protected void parks() {
        task.countWait();
        task.time.stop();
    }

    @Override
    protected void goesOn() {
        task.time.resume();
    }

    @Override
    public boolean interrupted() {
        return task.signals().needsAttention();
    }
}
