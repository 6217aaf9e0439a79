package org.javix.process;

import static org.javix.vfs.Errno.ESPIPE;

import org.javix.vfs.PollEvents;

/**
 * A descriptor of a process: {@code pidfd}. It keeps meaning that process, whatever becomes of its number, and is ready
 * to be read once the process has ended.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 */
public final class PidFile extends AnonymousFile {
    private final Process process;

    /** @param flags {@code O_NONBLOCK} or 0 */
    public PidFile(Process process, int flags) {
        super("[pidfd]", flags);
        this.process = process;
        process.termination().thenRun(changed::wakeAll);
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** Whether it has been waited for, so that its number may mean another. */
    public boolean isReaped() {
        return process.kernel().process(process.pid()) != process;
    }

    @Override
    public int poll() {
        return process.hasEnded() ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
    }

    @Override
    public long seek(long offset, int whence) {
        return -ESPIPE;
    }
}
