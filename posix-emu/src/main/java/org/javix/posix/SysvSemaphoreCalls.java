package org.javix.posix;

import static org.javix.posix.SysvStructures.IPC_INFO;
import static org.javix.posix.SysvStructures.IPC_RMID;
import static org.javix.posix.SysvStructures.IPC_SET;
import static org.javix.posix.SysvStructures.IPC_STAT;
import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ERANGE;

import org.javix.process.Deadline;
import org.javix.process.SysvIpcObject;
import org.javix.process.SysvIpcTable;
import org.javix.process.SysvSemaphores;
import org.javix.process.SysvSemaphores.Operation;

/**
 * System V semaphores.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/semctl.html">semctl</a>
 */
final class SysvSemaphoreCalls {
    private static final int GETPID = 11;
    private static final int GETVAL = 12;
    private static final int GETALL = 13;
    private static final int GETNCNT = 14;
    private static final int GETZCNT = 15;
    private static final int SETVAL = 16;
    private static final int SETALL = 17;
    private static final int SEM_STAT = 18;
    private static final int SEM_INFO = 19;
    private static final int SEM_STAT_ANY = 20;

    private static final int STATUS_SIZE = 72;
    private static final int OPERATION_SIZE = 6;

    private SysvSemaphoreCalls() {}

    private static SysvIpcTable<SysvSemaphores> sets(GuestThread p) {
        return p.kernel().sysvIpc().semaphores();
    }

    static long semget(GuestThread p, long key, long count, long flags) {
        return p.kernel().sysvIpc().semaphores((int) key, (int) count, (int) flags, p.credentials());
    }

    static long semop(GuestThread p, long id, long operations, long count) {
        return semtimedop(p, id, operations, count, 0);
    }

    static long semtimedop(GuestThread p, long id, long operations, long count, long timeout) {
        int size = (int) count;
        if (size == 0 || id < 0) {
            return -EINVAL;
        }
        if (Integer.compareUnsigned(size, SysvSemaphores.SEMOPM) > 0) {
            return -E2BIG;
        }
        GuestMemory memory = p.memory();
        Operation[] wanted = new Operation[size];
        for (int i = 0; i < size; i++) {
            long at = operations + (long) OPERATION_SIZE * i;
            wanted[i] = new Operation(memory.i16(at) & 0xffff, memory.i16(at + 2), memory.i16(at + 4));
        }
        long nanos = timeout == 0 ? 0 : TimeCalls.nanos(memory, timeout);
        SysvSemaphores set = sets(p).byId((int) id);
        if (nanos < 0 || set == null) {
            return -EINVAL;
        }
        return set.operate(p.process(), p.waiter(), wanted, timeout == 0 ? Deadline.NONE : p.deadline(nanos));
    }

    static long semctl(GuestThread p, long id, long number, long command, long argument) {
        if (id < 0) {
            return -EINVAL;
        }
        return switch ((int) command) {
            case IPC_INFO, SEM_INFO -> info(p, argument, command == SEM_INFO);
            case SEM_STAT, SEM_STAT_ANY -> status(p, sets(p).byIndex((int) id), argument, command == SEM_STAT_ANY, true);
            case IPC_STAT -> status(p, sets(p).byId((int) id), argument, false, false);
            case IPC_SET -> set(p, sets(p).byId((int) id), argument);
            case IPC_RMID -> sets(p).remove((int) id, p.credentials());
            case GETALL, GETVAL, GETPID, GETNCNT, GETZCNT -> get(p, sets(p).byId((int) id), (int) number, (int) command, argument);
            case SETVAL -> setValue(p, sets(p).byId((int) id), (int) number, (int) argument);
            case SETALL -> setAll(p, sets(p).byId((int) id), argument);
            default -> -EINVAL;
        };
    }

    private static long get(GuestThread p, SysvSemaphores set, int number, int command, long array) {
        if (set == null) {
            return -EINVAL;
        }
        int error = set.check(p.credentials(), SysvIpcObject.READ);
        if (error < 0) {
            return error;
        }
        if (command == GETALL) {
            int[] values = set.values();
            for (int i = 0; i < values.length; i++) {
                p.memory().set16(array + 2L * i, values[i]);
            }
            return 0;
        }
        if (number < 0 || number >= set.count()) {
            return -EINVAL;
        }
        return switch (command) {
            case GETVAL -> set.value(number);
            case GETPID -> set.process(number);
            default -> set.waiting(number, command == GETZCNT);
        };
    }

    private static long setValue(GuestThread p, SysvSemaphores set, int number, int value) {
        if (value < 0 || value > SysvSemaphores.SEMVMX) {
            return -ERANGE;
        }
        if (set == null || number < 0 || number >= set.count()) {
            return -EINVAL;
        }
        int error = set.check(p.credentials(), SysvIpcObject.ALTER);
        return error < 0 ? error : set.setValue(p.process(), number, value);
    }

    private static long setAll(GuestThread p, SysvSemaphores set, long array) {
        if (set == null) {
            return -EINVAL;
        }
        int error = set.check(p.credentials(), SysvIpcObject.ALTER);
        if (error < 0) {
            return error;
        }
        int[] values = new int[set.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = p.memory().i16(array + 2L * i) & 0xffff;
            if (values[i] > SysvSemaphores.SEMVMX) {
                return -ERANGE;
            }
        }
        return set.setValues(p.process(), values);
    }

    private static long status(GuestThread p, SysvSemaphores set, long buffer, boolean anybody, boolean givesId) {
        if (set == null) {
            return -EINVAL;
        }
        int error = anybody ? 0 : set.check(p.credentials(), SysvIpcObject.READ);
        if (error < 0) {
            return error;
        }
        GuestMemory memory = p.memory();
        memory.clear(buffer, STATUS_SIZE);
        SysvStructures.storePerm(memory, buffer, set);
        memory.set64(buffer + 40, set.operationTime());
        memory.set64(buffer + 48, set.changeTime());
        memory.set16(buffer + 56, set.count());
        return givesId ? set.id() : 0;
    }

    private static long set(GuestThread p, SysvSemaphores set, long buffer) {
        p.memory().check(buffer, STATUS_SIZE);
        if (set == null) {
            return -EINVAL;
        }
        int error = set.checkControl(p.credentials());
        if (error == 0) {
            SysvStructures.setPerm(p, buffer, set);
        }
        return error;
    }

    /** Writes a struct seminfo: the limits, and in two of its fields what there is. */
    private static long info(GuestThread p, long buffer, boolean used) {
        SysvIpcTable<SysvSemaphores> sets = sets(p);
        int[] fields = {
            SysvSemaphores.SEMMNS,
            sets.most(),
            SysvSemaphores.SEMMNS,
            SysvSemaphores.SEMMNS,
            SysvSemaphores.SEMMSL,
            SysvSemaphores.SEMOPM,
            SysvSemaphores.SEMOPM,
            used ? sets.size() : 20,
            SysvSemaphores.SEMVMX,
            used ? p.kernel().sysvIpc().semaphoreCount() : SysvSemaphores.SEMVMX
        };
        for (int i = 0; i < fields.length; i++) {
            p.memory().set32(buffer + 4L * i, fields[i]);
        }
        return sets.highestIndex();
    }
}
