package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import java.nio.charset.StandardCharsets;
import org.javix.process.ProcessTraits;
import org.javix.process.Signal;

/**
 * {@code prctl}, as far as programs use it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/prctl.2.html">prctl(2)</a>
 */
final class ProcessControl {
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_PDEATHSIG = 2;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_GET_KEEPCAPS = 7;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_GET_TIMING = 13;
    private static final int PR_SET_TIMING = 14;
    private static final int PR_SET_NAME = 15;
    private static final int PR_GET_NAME = 16;
    private static final int PR_GET_SECCOMP = 21;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_GET_SECUREBITS = 27;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PR_GET_TIMERSLACK = 30;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;
    private static final int PR_GET_TID_ADDRESS = 40;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_IS_SET = 1;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private static final int NAME_SIZE = 16;
    private static final int LAST_CAPABILITY = 40;
    private ProcessControl() {}

    static long prctl(GuestThread p, long option, long a, long b, long c, long d) {
        ProcessTraits traits = p.process().traits();
        GuestMemory memory = p.memory();
        switch ((int) option) {
            case PR_SET_PDEATHSIG -> {
                if (a != 0 && !Signal.isValid((int) a)) {
                    return -EINVAL;
                }
                traits.setDeathSignal((int) a);
            }
            case PR_GET_PDEATHSIG -> memory.set32(a, traits.deathSignal());
            case PR_GET_DUMPABLE -> {
                return p.guest().dumpable() ? 1 : 0;
            }
            case PR_SET_DUMPABLE -> {
                if (a != 0 && a != 1) {
                    return -EINVAL;
                }
                p.guest().setDumpable(a == 1);
            }
            case PR_GET_KEEPCAPS -> {
                return traits.keepsCapabilities() ? 1 : 0;
            }
            case PR_GET_TIMING, PR_GET_SECCOMP, PR_GET_SECUREBITS -> {
                return 0;
            }
            case PR_SET_KEEPCAPS -> {
                if (a != 0 && a != 1) {
                    return -EINVAL;
                }
                traits.setKeepsCapabilities(a == 1);
            }
            case PR_SET_TIMING -> {
                return a == 0 ? 0 : -EINVAL;
            }
            case PR_SET_NAME -> {
                String name = memory.string(a, NAME_SIZE);
                p.task().setName(name != null
                        ? name
                        : new String(memory.bytes(a, NAME_SIZE - 1), StandardCharsets.ISO_8859_1));
            }
            case PR_GET_NAME -> {
                byte[] name = p.task().name().getBytes(StandardCharsets.ISO_8859_1);
                memory.clear(a, NAME_SIZE);
                memory.setBytes(a, name, 0, Math.min(name.length, NAME_SIZE - 1));
            }
            case PR_CAPBSET_READ -> {
                return a < 0 || a > LAST_CAPABILITY ? -EINVAL : 1;
            }
            case PR_SET_TIMERSLACK -> traits.setTimerSlack((int) a);
            case PR_GET_TIMERSLACK -> {
                return traits.timerSlack();
            }
            case PR_SET_CHILD_SUBREAPER -> traits.setSubreaper(a != 0);
            case PR_GET_CHILD_SUBREAPER -> memory.set32(a, traits.isSubreaper() ? 1 : 0);
            case PR_SET_NO_NEW_PRIVS -> {
                if (a != 1 || b != 0 || c != 0 || d != 0) {
                    return -EINVAL;
                }
                traits.setNoNewPrivileges();
            }
            case PR_GET_NO_NEW_PRIVS -> {
                return a != 0 || b != 0 || c != 0 || d != 0 ? -EINVAL : traits.hasNoNewPrivileges() ? 1 : 0;
            }
            case PR_GET_TID_ADDRESS -> memory.set32(a, (int) p.clearedTid());
            case PR_CAP_AMBIENT -> {
                // There are none.
                boolean clears = a == PR_CAP_AMBIENT_CLEAR_ALL && b == 0;
                boolean asks = a == PR_CAP_AMBIENT_IS_SET && b >= 0 && b <= LAST_CAPABILITY;
                return (clears || asks) && c == 0 && d == 0 ? 0 : -EINVAL;
            }
            default -> {
                return -EINVAL;
            }
        }
        return 0;
    }
}
