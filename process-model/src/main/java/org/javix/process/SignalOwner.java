package org.javix.process;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.vfs.Credentials;
import org.javix.vfs.FileOwner;
import org.javix.vfs.OpenFile;

/**
 * Who gets the signals about an open file, and which.
 *
 * @param type {@link #THREAD}, {@link #PROCESS} or {@link #GROUP}
 * @param id of the thread, process or group; 0 for nobody
 * @param signal which; 0 for SIGIO without more about it
 * @param setter who said so: the signal is sent only where they may send one
 * @see <a href="https://man7.org/linux/man-pages/man2/F_SETOWN.2const.html">F_SETOWN(2const)</a>
 */
public record SignalOwner(Kernel kernel, int type, int id, int signal, Credentials setter) implements FileOwner {
    /** A thread gets them. */
    public static final int THREAD = 0;
    /** A process. */
    public static final int PROCESS = 1;
    /** All processes of a group. */
    public static final int GROUP = 2;

    private static final int[] BANDS = {0x41, 0x304, 0x441, 0x8, 0x82, 0x18};

    /** Who gets the signals about a file now: nobody, and SIGIO, if nothing was said. */
    public static SignalOwner of(OpenFile file, Process asker) {
        return file.owner() instanceof SignalOwner owner
                ? owner
                : new SignalOwner(asker.kernel(), PROCESS, 0, 0, asker.fs().credentials());
    }

    /**
     * {@code F_SETOWN}.
     *
     * @param setter whose permission to send signals counts
     * @param number a process, less a group, or 0 for nobody
     * @return 0, -EINVAL, -ESRCH
     */
    public static int set(OpenFile file, Process setter, int number) {
        if (number == Integer.MIN_VALUE) {
            return -EINVAL;
        }
        return set(file, setter, number < 0 ? GROUP : PROCESS, Math.abs(number));
    }

    /** {@code F_SETOWN_EX}: 0, -ESRCH. */
    public static int set(OpenFile file, Process setter, int type, int id) {
        SignalOwner owner = of(file, setter).withTarget(type, id, setter.fs().credentials());
        if (id != 0 && !owner.exists()) {
            return -ESRCH;
        }
        file.setOwner(owner);
        return 0;
    }

    /** {@code F_GETOWN}: a process, less a group; 0 for nobody, or who has gone. */
    public static int number(OpenFile file) {
        return file.owner() instanceof SignalOwner owner
                ? owner.type == GROUP ? -owner.present() : owner.present()
                : 0;
    }

    /** The id, or 0 if there is nobody with it any more. */
    public int present() {
        return id != 0 && exists() ? id : 0;
    }

    /** With another signal. */
    public SignalOwner withSignal(int which) {
        return new SignalOwner(kernel, type, id, which, setter);
    }

    /** With somebody else. */
    public SignalOwner withTarget(int newType, int newId, Credentials who) {
        return new SignalOwner(kernel, newType, newId, signal, who);
    }

    /** Whether there is one to get them: the process, thread or group. */
    public boolean exists() {
        return switch (type) {
            case THREAD -> kernel.task(id) != null;
            case PROCESS -> kernel.process(id) != null;
            default -> kernel.group(id) != null;
        };
    }

    @Override
    public void tell(int descriptor, int code) {
        SigInfo info = signal == 0
                ? SigInfo.kernel(Signal.SIGIO)
                : SigInfo.poll(signal, code, BANDS[code - 1], descriptor);
        send(info);
    }

    /** Sends whoever it is a signal, where that is allowed. */
    public void send(SigInfo info) {
        switch (type) {
            case THREAD -> {
                Task task = kernel.task(id);
                if (task != null && Kill.maySignal(setter, task.process())) {
                    send(task.signals().send(info), task.process());
                }
            }
            case PROCESS -> tell(kernel.process(id), info);
            default -> {
                ProcessGroup group = kernel.group(id);
                if (group != null) {
                    synchronized (group) {
                        group.members().forEach(member -> tell(member, info));
                    }
                }
            }
        }
    }

    private void tell(Process process, SigInfo info) {
        if (process != null && Kill.maySignal(setter, process)) {
            send(process.signals().send(info), process);
        }
    }

    /** If too many signals are queued, SIGIO says that something happened. */
    private static void send(int error, Process process) {
        if (error < 0) {
            process.signal(Signal.SIGIO);
        }
    }
}
