package programs;

import java.util.Locale;
import machine.Run;

/** What the exit status of a test says, in the words of the Open POSIX Test Suite. The others use no number otherwise. */
enum Verdict {
    PASS,
    FAIL,
    UNRESOLVED,
    UNSUPPORTED,
    UNTESTED,
    /** A signal ended it, or it said something that has no meaning. */
    INTERRUPTED,
    HUNG,
    UNBUILT;

    static Verdict of(Run run) {
        if (!run.inTime()) {
            return HUNG;
        }
        return switch (run.status()) {
            case 0 -> PASS;
            case 1 -> FAIL;
            case 2 -> UNRESOLVED;
            case 4, 77 -> UNSUPPORTED;
            case 5 -> UNTESTED;
            default -> INTERRUPTED;
        };
    }

    /** As it is counted and printed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
