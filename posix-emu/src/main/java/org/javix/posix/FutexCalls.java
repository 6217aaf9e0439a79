package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EDEADLK;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOSYS;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.javix.process.Deadline;
import org.javix.process.Futexes;

/**
 * {@code futex}: what the C library's locks wait by.
 *
 * <p>No thread inherits a priority here; of priority inheritance remains that a word with an owner is handed over to the
 * most urgent thread that waits.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
 */
final class FutexCalls {
    private static final int WAIT = 0;
    private static final int WAKE = 1;
    private static final int REQUEUE = 3;
    private static final int CMP_REQUEUE = 4;
    private static final int WAKE_OP = 5;
    private static final int LOCK_PI = 6;
    private static final int UNLOCK_PI = 7;
    private static final int TRYLOCK_PI = 8;
    private static final int WAIT_BITSET = 9;
    private static final int WAKE_BITSET = 10;
    private static final int LOCK_PI2 = 13;

    private static final int PRIVATE = 128;
    private static final int CLOCK_REALTIME = 256;

    /** Of {@code futex_waitv}: how many words, the size of an entry, and of a word of 32 bits its flag. */
    private static final int MOST_WORDS = 128;
    private static final int WORD_SIZE = 24;
    private static final int SIZE_32 = 2;

    private static final long SECOND = 1_000_000_000;

    private FutexCalls() {}

    static long futex(
            GuestThread p, long address, long operation, long value, long timeout, long address2, long value3) {
        boolean realTime = (operation & CLOCK_REALTIME) != 0;
        int command = (int) operation & ~(PRIVATE | CLOCK_REALTIME);
        if (realTime && command != WAIT && command != WAIT_BITSET && command != LOCK_PI2) {
            return -ENOSYS;
        }
        return switch (command) {
            case WAIT -> await(p, address, (int) value, Futexes.ANY, relative(p, timeout));
            case WAIT_BITSET -> value3 == 0
                    ? -EINVAL
                    : await(p, address, (int) value, (int) value3, absolute(p, timeout, realTime));
            case WAKE -> p.kernel().futexes().wake(FutexWord.at(p, address).key(), most(value), Futexes.ANY);
            case WAKE_BITSET -> value3 == 0
                    ? -EINVAL
                    : p.kernel().futexes().wake(FutexWord.at(p, address).key(), most(value), (int) value3);
            case REQUEUE -> requeue(p, address, value, timeout, address2, null);
            case CMP_REQUEUE -> requeue(p, address, value, timeout, address2, (int) value3);
            case WAKE_OP -> wakeOp(p, address, value, timeout, address2, (int) value3);
            case LOCK_PI -> lock(p, address, false, absolute(p, timeout, true));
            case LOCK_PI2 -> lock(p, address, false, absolute(p, timeout, realTime));
            case TRYLOCK_PI -> lock(p, address, true, Deadline.NONE);
            case UNLOCK_PI -> unlock(p, address);
            default -> -ENOSYS;
        };
    }

    /** How many to wake: Linux wakes one even if none is asked for. */
    private static int most(long value) {
        return Math.max(1, (int) value);
    }

    private static long relative(GuestThread p, long timeout) {
        return timeout == 0 ? Deadline.NONE : p.deadline(nanos(p, timeout));
    }

    private static long absolute(GuestThread p, long timeout, boolean realTime) {
        if (timeout == 0) {
            return Deadline.NONE;
        }
        long nanos = nanos(p, timeout);
        if (!realTime) {
            return p.kernel().deadlineOfUptime(nanos);
        }
        Instant now = p.kernel().clock().instant();
        return Deadline.after(nanos - (now.getEpochSecond() * SECOND + now.getNano()));
    }

    private static long nanos(GuestThread p, long timeout) {
        long nanos = TimeCalls.nanos(p.memory(), timeout);
        if (nanos < 0) {
            throw Fault.INVALID;
        }
        return nanos;
    }

    private static long await(GuestThread p, long address, int value, int bitset, long deadline) {
        FutexWord word = FutexWord.at(p, address);
        return p.kernel().futexes().await(p.waiter(), word.key(), () -> word.load() == value, bitset, deadline);
    }

    /** @param expected what the first word must be; null for anything */
    private static long requeue(
            GuestThread p, long address, long wakes, long moves, long address2, Integer expected) {
        if (wakes < 0 || moves < 0) {
            return -EINVAL;
        }
        FutexWord from = FutexWord.at(p, address);
        FutexWord to = FutexWord.at(p, address2);
        int[] done = new int[2];
        int error = p.kernel().futexes().requeue(
                from.key(), to.key(), () -> expected == null || from.load() == expected, (int) wakes, (int) moves, done);
        return error < 0 ? error : done[0] + done[1];
    }

    private static long wakeOp(GuestThread p, long address, long most, long most2, long address2, int code) {
        FutexWord first = FutexWord.at(p, address);
        FutexWord second = FutexWord.at(p, address2);
        int argument = code << 8 >> 20;
        int compared = code << 20 >> 20;
        int operand = code < 0 ? 1 << argument : argument;
        int operation = code >>> 28 & 7;
        int comparison = code >>> 24 & 15;
        if (operation > 4 || comparison > 5) {
            return -ENOSYS;
        }
        return p.kernel().futexes().wakeBoth(first.key(), most(most), second.key(), most(most2), () -> {
            int old = second.update(word -> switch (operation) {
                case 0 -> operand;
                case 1 -> word + operand;
                case 2 -> word | operand;
                case 3 -> word & ~operand;
                default -> word ^ operand;
            });
            return switch (comparison) {
                case 0 -> old == compared;
                case 1 -> old != compared;
                case 2 -> old < compared;
                case 3 -> old <= compared;
                case 4 -> old > compared;
                default -> old >= compared;
            };
        });
    }

    /**
     * {@code futex_waitv}.
     *
     * @param waiters of each word: what it must be, its address, flags
     * @param clock of the timeout, which is a point of time
     * @return the number of a word that was woken
     * @see <a href="https://man7.org/linux/man-pages/man2/futex_waitv.2.html">futex_waitv(2)</a>
     */
    static long waitForAny(GuestThread p, long waiters, long count, long flags, long timeout, long clock) {
        if (flags != 0 || count < 1 || count > MOST_WORDS || waiters == 0) {
            return -EINVAL;
        }
        if (timeout != 0 && clock != TimeCalls.CLOCK_REALTIME && clock != TimeCalls.CLOCK_MONOTONIC) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        List<FutexWord> words = new ArrayList<>();
        int[] values = new int[(int) count];
        for (int i = 0; i < count; i++) {
            long at = (waiters & 0xffff_ffffL) + i * WORD_SIZE;
            int kind = memory.i32(at + 16);
            if ((kind & ~PRIVATE) != SIZE_32 || memory.i32(at + 20) != 0) {
                return -EINVAL;
            }
            values[i] = memory.i32(at);
            words.add(FutexWord.at(p, memory.i64(at + 8)));
        }
        return p.kernel().futexes().awaitAny(
                p.waiter(),
                words.stream().map(FutexWord::key).toList(),
                i -> words.get(i).load() == values[i],
                absolute(p, timeout, clock == TimeCalls.CLOCK_REALTIME));
    }

    // ---- words with owners ----

    private static long lock(GuestThread p, long address, boolean onlyTry, long deadline) {
        FutexWord word = FutexWord.at(p, address);
        int self = p.task().tid();
        while (true) {
            int now = word.load();
            int owner = now & FutexWord.TID_MASK;
            if (owner == self) {
                return -EDEADLK;
            }
            if (owner == 0) {
                if (word.replace(now, now & ~FutexWord.TID_MASK | self)) {
                    return 0;
                }
                continue;
            }
            if (onlyTry) {
                return -EAGAIN;
            }
            if (p.kernel().task(owner) == null) {
                return -ESRCH;
            }
            int marked = now | FutexWord.WAITERS;
            if (now != marked && !word.replace(now, marked)) {
                continue;
            }
            int result = p.kernel().futexes().awaitOwnership(
                    p.waiter(), word.key(), () -> word.load() == marked, self, deadline);
            if (result != -EAGAIN) {
                return result;
            }
        }
    }

    private static long unlock(GuestThread p, long address) {
        FutexWord word = FutexWord.at(p, address);
        if ((word.load() & FutexWord.TID_MASK) != p.task().tid()) {
            return -EPERM;
        }
        p.kernel().futexes().handOver(word.key(), word::store);
        return 0;
    }
}
