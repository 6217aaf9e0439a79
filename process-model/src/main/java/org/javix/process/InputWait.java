package org.javix.process;

/**
 * For how long one read of a terminal waits: for a line where input is canonical; else for MIN bytes or the time TIME, which
 * counts from the beginning if MIN is 0, and otherwise from the last byte that came. Guarded by the terminal.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap11.html#tag_11_01_07">Non-Canonical
 *     Mode Input Processing</a>
 */
final class InputWait {
    private static final long TENTH_OF_A_SECOND = 100_000_000;

    private final long started = System.nanoTime();
    private int seen;
    private long deadlineOfNextByte = Deadline.NONE;
    private long deadline = Deadline.NONE;

    /** Whether the read, of so many bytes at most, takes what there is now. */
    boolean isOver(LineDiscipline discipline, long length) {
        deadline = Deadline.NONE;
        Termios settings = discipline.settings;
        if (settings.canonical()) {
            return discipline.hasInput();
        }
        int available = discipline.input.size();
        int least = settings.special(Termios.VMIN);
        long time = settings.special(Termios.VTIME) * TENTH_OF_A_SECOND;
        if (available > 0 && available >= Math.min(least, length)) {
            return true;
        }
        if (least == 0) {
            deadline = started + time;
        } else if (time > 0 && available > 0) {
            if (available != seen) {
                seen = available;
                deadlineOfNextByte = System.nanoTime() + time;
            }
            deadline = deadlineOfNextByte;
        }
        return Deadline.passed(deadline);
    }

    /** When it is over though nothing more comes: see {@link Deadline}. To be asked after {@link #isOver}. */
    long deadline() {
        return deadline;
    }
}
