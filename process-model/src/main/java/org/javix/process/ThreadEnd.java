package org.javix.process;

/** Waiting for a thread that was told to stop. */
public final class ThreadEnd {
    private ThreadEnd() {}

    /** Waits until a thread has ended. An interrupt of the caller meanwhile is kept for later. */
    public static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
