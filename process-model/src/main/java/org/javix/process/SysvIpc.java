package org.javix.process;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOSPC;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.javix.vfs.Credentials;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;

/** The System V message queues, semaphores and shared memory of a sandbox. Thread-safe. */
public final class SysvIpc {
    /** How many semaphores processes may have to take back, each counted for each process. */
    private static final int MOST_ADJUSTMENTS = 4 * SysvSemaphores.SEMMNS;

    private final Kernel kernel;
    private final SysvIpcTable<SysvMessageQueue> queues = new SysvIpcTable<>(SysvMessageQueue.MSGMNI);
    private final SysvIpcTable<SysvSemaphores> semaphores = new SysvIpcTable<>(SysvSemaphores.SEMMNI);
    private final SysvIpcTable<SysvSharedMemory> segments = new SysvIpcTable<>(SysvSharedMemory.SHMMNI);
    private final AtomicInteger semaphoreCount = new AtomicInteger();
    private final AtomicInteger adjustments = new AtomicInteger();
    // The sets that a process's end changes.
    private final ConcurrentHashMap<Process, Set<SysvSemaphores>> undo = new ConcurrentHashMap<>();

    SysvIpc(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The message queues. */
    public SysvIpcTable<SysvMessageQueue> queues() {
        return queues;
    }

    /** The sets of semaphores. */
    public SysvIpcTable<SysvSemaphores> semaphores() {
        return semaphores;
    }

    /** The segments of shared memory. */
    public SysvIpcTable<SysvSharedMemory> segments() {
        return segments;
    }

    /**
     * {@code shmget}.
     *
     * @param size bytes of a new segment, or that an old one has at least
     * @param maker makes the file of a new one
     * @return the id, -EACCES, -EEXIST, -EINVAL, -ENOENT, -ENOMEM or -ENOSPC
     */
    public int sharedMemory(
            int key, long size, int flags, Process process, Credentials who, Supplier<Result<OpenFile>> maker) {
        return segments.get(key, flags, who, segment -> size > segment.size() ? -EINVAL : 0, () -> {
            if (size < SysvSharedMemory.SHMMIN) {
                return Result.failed(-EINVAL);
            }
            // Under the table's lock: only removals run beside it.
            if (segments.size() >= segments.most()) {
                return Result.failed(-ENOSPC);
            }
            Result<OpenFile> file = maker.get();
            return file.isFailure()
                    ? Result.failed(file.error())
                    : Result.of(new SysvSharedMemory(kernel, key, process, who, flags, file.value(), size));
        });
    }

    /** {@code IPC_RMID} of a segment: 0, -EINVAL or -EPERM. */
    public int removeSharedMemory(int id, Credentials who) {
        SysvSharedMemory segment = segments.byId(id);
        if (segment == null) {
            return -EINVAL;
        }
        int error = segment.checkControl(who);
        if (error == 0) {
            segment.doom();
        }
        return error;
    }

    /** How many semaphores all sets have. */
    public int semaphoreCount() {
        return semaphoreCount.get();
    }

    /** {@code msgget}: the id, -EACCES, -EEXIST, -ENOENT or -ENOSPC. */
    public int messageQueue(int key, int flags, Credentials who) {
        return queues.get(key, flags, who, queue -> 0, () -> Result.of(new SysvMessageQueue(kernel, key, who, flags)));
    }

    /**
     * {@code semget}.
     *
     * @param count how many semaphores a new set has, or an old one has at least
     * @return the id, -EACCES, -EEXIST, -EINVAL, -ENOENT or -ENOSPC
     */
    public int semaphores(int key, int count, int flags, Credentials who) {
        if (count < 0 || count > SysvSemaphores.SEMMSL) {
            return -EINVAL;
        }
        return semaphores.get(key, flags, who, set -> count > set.count() ? -EINVAL : 0, () -> {
            if (count == 0) {
                return Result.failed(-EINVAL);
            }
            // Under the table's lock: only removals run beside it.
            if (semaphores.size() >= semaphores.most() || semaphoreCount.get() + count > SysvSemaphores.SEMMNS) {
                return Result.failed(-ENOSPC);
            }
            semaphoreCount.addAndGet(count);
            return Result.of(new SysvSemaphores(kernel, key, who, flags, count));
        });
    }

    void semaphoresGone(int count) {
        semaphoreCount.addAndGet(-count);
    }

    /** A process is to take operations on a set back; false (ENOSPC) if too many are. */
    boolean addUndo(Process process, SysvSemaphores set) {
        if (adjustments.addAndGet(set.count()) > MOST_ADJUSTMENTS) {
            adjustments.addAndGet(-set.count());
            return false;
        }
        undo.computeIfAbsent(process, key -> ConcurrentHashMap.newKeySet()).add(set);
        return true;
    }

    /** It no longer is. */
    void removeUndo(Process process, SysvSemaphores set) {
        adjustments.addAndGet(-set.count());
        Set<SysvSemaphores> sets = undo.get(process);
        if (sets != null) {
            sets.remove(set);
        }
    }

    /** A process ends. */
    void ended(Process process) {
        Set<SysvSemaphores> sets = undo.remove(process);
        if (sets != null) {
            sets.forEach(set -> set.ended(process));
        }
    }

    // ---- /proc/sysvipc ----

    String queuesTable() {
        StringBuilder text = new StringBuilder(
                "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n");
        for (SysvMessageQueue queue : queues.all()) {
            SysvMessageQueue.Status now = queue.status();
            text.append("%10d %10d  %4o  %10d %10d %5d %5d %s %10d %10d %10d%n".formatted(
                    queue.key(), queue.id(), queue.mode(), now.bytes(), now.messages(), now.sender(), now.receiver(),
                    owners(queue), now.sent(), now.received(), queue.changeTime()));
        }
        return text.toString();
    }

    String semaphoresTable() {
        StringBuilder text = new StringBuilder(
                "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n");
        for (SysvSemaphores set : semaphores.all()) {
            text.append("%10d %10d  %4o %10d %s %10d %10d%n".formatted(
                    set.key(), set.id(), set.mode(), set.count(), owners(set), set.operationTime(), set.changeTime()));
        }
        return text.toString();
    }

    String segmentsTable() {
        StringBuilder text = new StringBuilder(
                "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n");
        for (SysvSharedMemory segment : segments.all()) {
            text.append("%10d %10d  %4o %21d %5d %5d  %5d %s %10d %10d %10d %21d %21d%n".formatted(
                    segment.key(), segment.id(), segment.mode(), segment.size(), segment.creator(), segment.last(),
                    segment.attached(), owners(segment), segment.attachTime(), segment.detachTime(),
                    segment.changeTime(), 0, 0));
        }
        return text.toString();
    }

    /** The four ids of an object as its line shows them. */
    static String owners(SysvIpcObject object) {
        return "%5d %5d %5d %5d".formatted(object.user(), object.group(), object.creatorUser(), object.creatorGroup());
    }
}
