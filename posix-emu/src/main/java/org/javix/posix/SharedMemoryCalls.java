package org.javix.posix;

import static org.javix.posix.SysvStructures.IPC_INFO;
import static org.javix.posix.SysvStructures.IPC_RMID;
import static org.javix.posix.SysvStructures.IPC_SET;
import static org.javix.posix.SysvStructures.IPC_STAT;
import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;
import static org.javix.vfs.Errno.EPERM;

import org.javix.process.SysvIpcTable;
import org.javix.process.SysvSharedMemory;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;

/**
 * Shared memory without a name in the tree: {@code memfd_create} and System V segments.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/shmat.html">shmat</a>
 */
final class SharedMemoryCalls {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_NAME_MAX = 249;

    private static final int SHM_RDONLY = 010000;
    private static final int SHM_RND = 020000;
    private static final int SHM_REMAP = 040000;
    private static final int SHM_EXEC = 0100000;
    private static final int SHM_HUGETLB = 04000;

    private static final int SHM_LOCK = 11;
    private static final int SHM_UNLOCK = 12;
    private static final int SHM_STAT = 13;
    private static final int SHM_INFO = 14;
    private static final int SHM_STAT_ANY = 15;

    private static final int STATUS_SIZE = 88;
    /** As large as Linux says on a 32-bit machine. */
    private static final int MOST_BYTES = 0x7fff_ffff;

    private SharedMemoryCalls() {}

    static long memfdCreate(GuestThread p, long name, long flags) {
        if ((flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING)) != 0) {
            return -EINVAL;
        }
        String text = p.memory().string(name, MFD_NAME_MAX + 1);
        if (text == null) {
            return -EINVAL;
        }
        Result<OpenFile> file = open(p, "/memfd:" + text + " (deleted)", 0777, 0, (flags & MFD_ALLOW_SEALING) != 0);
        return file.isFailure() ? file.error() : p.install(file.value(), (flags & MFD_CLOEXEC) != 0);
    }

    private static Result<OpenFile> open(GuestThread p, String name, int mode, long size, boolean sealable) {
        Result<OpenFile> file = p.system().namelessFiles().open(p.fs(), name, mode, size, sealable);
        return file.isFailure() ? Result.failed(-ENOMEM) : file;
    }

    /** Zeroes that a process shares with its children: MAP_SHARED of no file. Its file is released with the mapping. */
    static Result<Mapping> zeroes(GuestThread p, long size) {
        Result<OpenFile> file = open(p, "/dev/zero (deleted)", 0777, size, false);
        if (file.isFailure()) {
            return Result.failed(file.error());
        }
        if (file.value().inode().share() == null) {
            file.value().release();
            return Result.failed(-ENOMEM);
        }
        return Result.of(new Mapping(file.value(), file.value().inode().share()));
    }

    // ---- System V ----

    private static SysvIpcTable<SysvSharedMemory> segments(GuestThread p) {
        return p.kernel().sysvIpc().segments();
    }

    static long shmget(GuestThread p, long key, long size, long flags) {
        long bytes = size & 0xffff_ffffL;
        if (bytes > MOST_BYTES || (flags & SHM_HUGETLB) != 0) {
            return (flags & SHM_HUGETLB) != 0 ? -ENOMEM : -EINVAL;
        }
        return p.kernel().sysvIpc().sharedMemory(
                (int) key, bytes, (int) flags, p.process(), p.credentials(),
                () -> open(p, "/SYSV%08x (deleted)".formatted((int) key), (int) flags & 0777, AddressSpace.roundUp(bytes), false));
    }

    /** An attachment. */
    private static final class Attachment extends Mapping {
        private final SysvSharedMemory segment;
        private final boolean readOnly;
        private final int pid;

        Attachment(SysvSharedMemory segment, boolean readOnly, int pid) {
            super(segment.file(), segment.file().inode().share());
            this.segment = segment;
            this.readOnly = readOnly;
            this.pid = pid;
        }

        @Override
        boolean writable() {
            return !readOnly;
        }

        @Override
        Mapping forked(int child) {
            return new Attachment(segment, readOnly, child);
        }

        @Override
        void begun() {
            segment.attach(pid);
        }

        @Override
        void ended() {
            segment.detach(pid);
        }
    }

    static long shmat(GuestThread p, long id, long address, long flags) {
        long at = address & 0xffff_ffffL;
        if (id < 0) {
            return -EINVAL;
        }
        boolean remaps = (flags & SHM_REMAP) != 0;
        if (at % AddressSpace.PAGE != 0) {
            if ((flags & SHM_RND) == 0) {
                return -EINVAL;
            }
            at &= -AddressSpace.PAGE;
        }
        if (at == 0 && (remaps || address != 0)) {
            return -EINVAL;
        }
        SysvSharedMemory segment = segments(p).byId((int) id);
        if (segment == null) {
            return -EINVAL;
        }
        boolean readOnly = (flags & SHM_RDONLY) != 0;
        int wanted = readOnly ? SysvSharedMemory.READ : SysvSharedMemory.READ | SysvSharedMemory.ALTER;
        if (segment.check(p.credentials(), wanted) < 0) {
            return -EACCES;
        }
        Attachment attachment = new Attachment(segment, readOnly, p.process().pid());
        if (attachment.shared() == null) {
            return -ENOMEM;
        }
        int prot = Area.READ | (readOnly ? 0 : Area.WRITE) | ((flags & SHM_EXEC) != 0 ? Area.EXECUTE : 0);
        long size = AddressSpace.roundUp(segment.size());
        AddressSpace space = p.addresses();
        long result = at == 0
                ? space.map(0, size, prot, Area.SHARED, attachment, 0)
                : space.mapAt(at, size, remaps, prot, Area.SHARED, attachment, 0);
        return result < 0 && at != 0 && result != -ENOMEM ? -EINVAL : result;
    }

    static long shmdt(GuestThread p, long address) {
        long at = address & 0xffff_ffffL;
        AddressSpace space = p.addresses();
        synchronized (space) {
            Area first = space.at(at);
            if (first == null || first.start() != at && at % AddressSpace.PAGE != 0
                    || !(first.mapping() instanceof Attachment) || first.position(at) != 0) {
                return -EINVAL;
            }
            Attachment attachment = (Attachment) first.mapping();
            long end = at + AddressSpace.roundUp(attachment.segment.size());
            for (Area part : space.in(at, end)) {
                if (part.mapping() == attachment) {
                    space.unmap(part.start(), part.length());
                }
            }
            return 0;
        }
    }

    static long shmctl(GuestThread p, long id, long command, long buffer) {
        if (id < 0 || command < 0) {
            return -EINVAL;
        }
        switch ((int) command) {
            case IPC_INFO -> {
                return storeLimits(p, buffer);
            }
            case SHM_INFO -> {
                return storeUse(p, buffer);
            }
            case IPC_RMID -> {
                return p.kernel().sysvIpc().removeSharedMemory((int) id, p.credentials());
            }
            default -> {}
        }
        boolean byIndex = command == SHM_STAT || command == SHM_STAT_ANY;
        SysvSharedMemory segment = byIndex ? segments(p).byIndex((int) id) : segments(p).byId((int) id);
        if (segment == null) {
            return -EINVAL;
        }
        switch ((int) command) {
            case IPC_STAT, SHM_STAT, SHM_STAT_ANY -> {
                if (command != SHM_STAT_ANY && segment.check(p.credentials(), SysvSharedMemory.READ) < 0) {
                    return -EACCES;
                }
                store(p.memory(), buffer, segment);
                return byIndex ? segment.id() : 0;
            }
            case IPC_SET -> {
                p.memory().i32(buffer);
                if (segment.checkControl(p.credentials()) < 0) {
                    return -EPERM;
                }
                SysvStructures.setPerm(p, buffer, segment);
                return 0;
            }
            case SHM_LOCK, SHM_UNLOCK -> {
                if (segment.checkControl(p.credentials()) < 0) {
                    return -EPERM;
                }
                segment.setLocked(command == SHM_LOCK);
                return 0;
            }
            default -> {
                return -EINVAL;
            }
        }
    }

    private static void store(GuestMemory memory, long at, SysvSharedMemory segment) {
        memory.clear(at, STATUS_SIZE);
        SysvStructures.storePerm(memory, at, segment);
        memory.set32(at + 36, (int) segment.size());
        memory.set64(at + 40, segment.attachTime());
        memory.set64(at + 48, segment.detachTime());
        memory.set64(at + 56, segment.changeTime());
        memory.set32(at + 64, segment.creator());
        memory.set32(at + 68, segment.last());
        memory.set32(at + 72, segment.attached());
    }

    /** struct shminfo. */
    private static long storeLimits(GuestThread p, long at) {
        GuestMemory memory = p.memory();
        memory.clear(at, 36);
        memory.set32(at, MOST_BYTES);
        memory.set32(at + 4, SysvSharedMemory.SHMMIN);
        memory.set32(at + 8, SysvSharedMemory.SHMMNI);
        memory.set32(at + 12, SysvSharedMemory.SHMMNI);
        memory.set32(at + 16, MOST_BYTES / AddressSpace.PAGE);
        return segments(p).highestIndex();
    }

    /** struct shm_info. */
    private static long storeUse(GuestThread p, long at) {
        GuestMemory memory = p.memory();
        long pages = segments(p).all().stream()
                .mapToLong(segment -> AddressSpace.roundUp(segment.size()) / AddressSpace.PAGE).sum();
        memory.clear(at, 24);
        memory.set32(at, segments(p).size());
        memory.set32(at + 4, (int) pages);
        memory.set32(at + 8, (int) pages);
        return segments(p).highestIndex();
    }
}
