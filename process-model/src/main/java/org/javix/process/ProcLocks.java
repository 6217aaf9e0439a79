package org.javix.process;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.javix.vfs.OpenFile;
import org.javix.vfs.RecordLocks;
import org.javix.vfs.Stat;

/**
 * {@code /proc/locks}: the locks of all open files, which is where locks are held.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_locks.5.html">proc_locks(5)</a>
 */
final class ProcLocks {
    private ProcLocks() {}

    static String of(Kernel kernel) {
        Set<RecordLocks> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        StringBuilder text = new StringBuilder();
        int[] count = {0};
        for (Process process : kernel.processes()) {
            process.files().forEach((fd, file, closeOnExec) -> {
                RecordLocks locks = file.locksIfAny();
                if (locks != null && seen.add(locks)) {
                    locks.held().forEach(lock -> text.append(line(++count[0], file, lock)).append('\n'));
                }
            });
        }
        return text.toString();
    }

    /** A lock of what is open there, in Linux's words. */
    static String line(int number, OpenFile file, RecordLocks.Held lock) {
        RecordLocks.Range range = lock.range();
        String kind = lock.whole() ? "FLOCK " : range.owner() instanceof OpenFile ? "OFDLCK" : "POSIX ";
        Stat stat = new Stat();
        file.stat(stat);
        return number + ": " + kind + " ADVISORY  " + (range.type() == RecordLocks.F_WRLCK ? "WRITE" : "READ ") + " "
                + range.pid() + " 00:" + String.format("%02x", stat.dev) + ":" + stat.ino + " " + range.start() + " "
                + (range.end() == Long.MAX_VALUE ? "EOF" : range.end());
    }
}
