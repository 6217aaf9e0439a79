package org.javix.process;

/**
 * What became of a process, as {@code wait} tells it. Immutable.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/wait.html">wait</a>
 */
public sealed interface WaitStatus {
    /**
     * The process called {@code exit}.
     *
     * @param code 0 to 255
     */
    record Exited(int code) implements WaitStatus {
        /** Keeps the low eight bits, as {@code exit} does. */
        public Exited {
            code &= 0xff;
        }
    }

    /**
     * A signal ended the process.
     *
     * @param signal its number
     * @param coreDumped whether a core was written, which no process does here
     */
    record Signaled(int signal, boolean coreDumped) implements WaitStatus {}

    /**
     * A signal stopped the process.
     *
     * @param signal its number
     */
    record Stopped(int signal) implements WaitStatus {}

    /** The process went on after a stop. */
    record Continued() implements WaitStatus {}

    /** Exit code 0. */
    WaitStatus SUCCESS = new Exited(0);

    /** The status of a process that called {@code exit(code)}. */
    static WaitStatus exited(int code) {
        return (code & 0xff) == 0 ? SUCCESS : new Exited(code);
    }

    /** The status of a process that a signal ended. */
    static WaitStatus signaled(int signal) {
        return new Signaled(signal, false);
    }

    /** The integer that {@code waitpid} stores. */
    default int encode() {
        return switch (this) {
            case Exited e -> e.code() << 8;
            case Signaled s -> s.signal() | (s.coreDumped() ? 0x80 : 0);
            case Stopped s -> s.signal() << 8 | 0x7f;
            case Continued c -> 0xffff;
        };
    }

    /** The status that an integer of {@code waitpid} means. */
    static WaitStatus decode(int status) {
        int low = status & 0x7f;
        if (status == 0xffff) {
            return new Continued();
        }
        if (low == 0) {
            return exited(status >> 8);
        }
        return low == 0x7f ? new Stopped(status >> 8 & 0xff) : new Signaled(low, (status & 0x80) != 0);
    }

    /** What a shell shows in {@code $?}: the exit code, or 128 and the signal. */
    default int shellStatus() {
        return switch (this) {
            case Exited e -> e.code();
            case Signaled s -> 128 + s.signal();
            case Stopped s -> 128 + s.signal();
            case Continued c -> 0;
        };
    }

    /** Whether the process has ended. */
    default boolean isTermination() {
        return this instanceof Exited || this instanceof Signaled;
    }
}
