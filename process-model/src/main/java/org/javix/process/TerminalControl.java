package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The {@code ioctl}s of terminals, by Linux's generic numbers. */
final class TerminalControl {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TCSETSW = 0x5403;
    private static final int TCSETSF = 0x5404;
    private static final int TCSBRK = 0x5409;
    private static final int TCXONC = 0x540A;
    private static final int TCFLSH = 0x540B;
    private static final int TIOCEXCL = 0x540C;
    private static final int TIOCNXCL = 0x540D;
    private static final int TIOCSCTTY = 0x540E;
    private static final int TIOCGPGRP = 0x540F;
    private static final int TIOCSPGRP = 0x5410;
    private static final int TIOCOUTQ = 0x5411;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int TIOCGSOFTCAR = 0x5419;
    private static final int FIONREAD = 0x541B;
    private static final int TIOCPKT = 0x5420;
    private static final int TIOCNOTTY = 0x5422;
    private static final int TIOCSETD = 0x5423;
    private static final int TIOCGETD = 0x5424;
    private static final int TCSBRKP = 0x5425;
    private static final int TIOCGSID = 0x5429;
    private static final int TIOCGPTN = 0x80045430;
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCGDEV = 0x80045432;
    private static final int TIOCGPKT = 0x80045438;
    private static final int TIOCGPTLCK = 0x80045439;
    private static final int TIOCGEXCL = 0x80045440;

    private static final int WINDOW_SIZE = 8;

    /** The one line discipline that there is. */
    private static final int ORDINARY_DISCIPLINE = 0;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private TerminalControl() {}

    /** How many bytes of memory a request needs at its argument; 0 if the argument is no address. */
    private static int argumentSize(int request) {
        return switch (request) {
            case TCGETS, TCSETS, TCSETSW, TCSETSF -> Termios.SIZE;
            case TIOCGWINSZ, TIOCSWINSZ -> WINDOW_SIZE;
            case TIOCSTI -> 1;
            case TIOCGPGRP, TIOCSPGRP, TIOCOUTQ, FIONREAD, TIOCGSID, TIOCGPTN, TIOCSPTLCK, TIOCPKT, TIOCSETD, TIOCGETD,
                    TIOCGSOFTCAR, TIOCGDEV, TIOCGPKT, TIOCGPTLCK, TIOCGEXCL -> 4;
            default -> 0;
        };
    }

    /**
     * Carries out a request.
     *
     * @param onMaster whether it was made at the person's side
     * @param task the caller; null for the embedder
     */
    static int ioctl(
            Terminal terminal, boolean onMaster, Task task, int request, MemorySegment memory, long argument) {
        int size = argumentSize(request);
        if (size > 0 && (argument < 0 || argument > memory.byteSize() - size)) {
            return -EFAULT;
        }
        if (!onMaster && terminal.isHungUp()) {
            return request == TIOCSPGRP ? -ENOTTY : -EIO;
        }
        switch (request) {
            case TCSETS, TCSETSW, TCSETSF, TCSBRK, TCSBRKP, TCXONC, TCFLSH -> {
                int refused = onMaster ? 0 : terminal.checkChange(task);
                return refused != 0 ? refused : change(terminal, request, memory, argument);
            }
            case TIOCSCTTY, TIOCGPGRP, TIOCSPGRP, TIOCNOTTY, TIOCGSID -> {
                return control(terminal, onMaster, task, request, memory, argument);
            }
            case TCGETS -> terminal.storeSettings(memory, argument);
            case TIOCGWINSZ -> terminal.storeWindow(memory, argument);
            case TIOCSWINSZ -> terminal.setWindow(
                    memory.get(SHORT, argument), memory.get(SHORT, argument + 2),
                    memory.get(SHORT, argument + 4), memory.get(SHORT, argument + 6));
            case TIOCOUTQ -> memory.set(INT, argument, onMaster ? 0 : terminal.outputSize());
            case FIONREAD -> memory.set(INT, argument, onMaster ? terminal.outputSize() : terminal.inputSize());
            case TIOCSTI -> {
                if (task != null && !task.process().fs().credentials().isRoot()) {
                    return -EPERM;
                }
                terminal.type(memory.get(ValueLayout.JAVA_BYTE, argument) & 0xff);
            }
            case TIOCEXCL, TIOCNXCL -> terminal.setExclusive(request == TIOCEXCL);
            case TIOCGEXCL -> memory.set(INT, argument, terminal.isExclusive() ? 1 : 0);
            case TIOCGSOFTCAR -> memory.set(INT, argument, terminal.ignoresModem() ? 1 : 0);
            case TIOCGDEV -> memory.set(INT, argument, Terminal.SLAVE_MAJOR << 8 | terminal.number());
            case TIOCGETD -> memory.set(INT, argument, ORDINARY_DISCIPLINE);
            case TIOCSETD -> {
                return memory.get(INT, argument) == ORDINARY_DISCIPLINE ? 0 : -EINVAL;
            }
            default -> {
                return onMaster ? ofMaster(terminal, request, memory, argument) : -ENOTTY;
            }
        }
        return 0;
    }

    private static int ofMaster(Terminal terminal, int request, MemorySegment memory, long argument) {
        switch (request) {
            case TIOCGPTN -> memory.set(INT, argument, terminal.number());
            case TIOCSPTLCK -> terminal.setLocked(memory.get(INT, argument) != 0);
            case TIOCGPTLCK -> memory.set(INT, argument, terminal.isLocked() ? 1 : 0);
            case TIOCPKT -> terminal.setPacketMode(memory.get(INT, argument) != 0);
            case TIOCGPKT -> memory.set(INT, argument, terminal.isInPacketMode() ? 1 : 0);
            default -> {
                return -ENOTTY;
            }
        }
        return 0;
    }

    private static int change(Terminal terminal, int request, MemorySegment memory, long argument) {
        switch (request) {
            // What was written is with the master already, so there is nothing to drain.
            case TCSETS, TCSETSW -> terminal.loadSettings(memory, argument, false);
            case TCSETSF -> terminal.loadSettings(memory, argument, true);
            case TCFLSH -> {
                if (argument < 0 || argument > 2) {
                    return -EINVAL;
                }
                terminal.flush(argument != 1, argument != 0);
            }
            case TCXONC -> {
                if (argument < 0 || argument > 3) {
                    return -EINVAL;
                }
                if (argument < 2) {
                    terminal.stopOutput(argument == 0);
                } else {
                    terminal.sendFlow(argument == 2);
                }
            }
            default -> {
                return 0;
            }
        }
        return 0;
    }

    private static int control(
            Terminal terminal, boolean onMaster, Task task, int request, MemorySegment memory, long argument) {
        Process process = task == null ? null : task.process();
        boolean own = process != null && process.session() == terminal.session();
        switch (request) {
            case TIOCSCTTY -> {
                return process == null ? -EPERM : terminal.setControlling(process, argument == 1);
            }
            case TIOCSPGRP -> {
                return process == null ? -ENOTTY : terminal.setForeground(task, memory.get(INT, argument));
            }
            case TIOCNOTTY -> {
                if (!own) {
                    return -ENOTTY;
                }
                if (process.session().leader() == process) {
                    terminal.leaderEnded(process.session());
                }
                return 0;
            }
            case TIOCGSID -> {
                Session session = terminal.session();
                if (session == null || !own && !onMaster) {
                    return -ENOTTY;
                }
                memory.set(INT, argument, session.id());
                return 0;
            }
            default -> {
                ProcessGroup foreground = terminal.foreground();
                if (!own && !onMaster) {
                    return -ENOTTY;
                }
                memory.set(INT, argument, foreground == null ? 0 : foreground.id());
                return 0;
            }
        }
    }
}
