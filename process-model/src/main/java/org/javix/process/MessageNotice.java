package org.javix.process;

import org.javix.vfs.FdTable;

/**
 * Who is to be told when a message comes to an empty {@link MessageQueue}: what {@code mq_notify} registers.
 *
 * @param process the process
 * @param owner its descriptors: the registration ends when one of the queue's is closed
 * @param kind {@link #SIGNAL}, {@link #NONE} or {@link #THREAD}
 * @param signal the signal, for SIGNAL
 * @param value what the signal's handler gets
 * @param events for THREAD: what a thread of the process reads
 */
public record MessageNotice(Process process, FdTable owner, int kind, int signal, long value, EventFile events) {
    /** SIGEV_SIGNAL. */
    public static final int SIGNAL = 0;
    /** SIGEV_NONE. */
    public static final int NONE = 1;
    /** SIGEV_THREAD. */
    public static final int THREAD = 2;

    /** What the thread reads when a message has come, and when the registration is gone without one. */
    private static final long CAME = 1;
    private static final long REMOVED = 2;

    private static final int SI_MESGQ = -3;

    /** A message has come. */
    void messageCame(Process sender) {
        if (kind == SIGNAL && signal != 0) {
            process.signals().send(new SigInfo(
                    signal, SI_MESGQ, 0, sender.pid(), sender.fs().credentials().uid(), 0, value, 0, 0));
        } else if (kind == THREAD) {
            events.signal(CAME);
            events.release();
        }
    }

    /** It is taken back. */
    void removed() {
        if (kind == THREAD) {
            events.signal(REMOVED);
            events.release();
        }
    }
}
