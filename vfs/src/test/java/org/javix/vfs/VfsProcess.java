package org.javix.vfs;

import java.util.List;

/** The other side of a comparison with {@link LinuxOracle}: a process that has slots for open files. */
final class VfsProcess {
    static final int SLOTS = 16;

    FsContext context;
    final OpenFile[] slots = new OpenFile[SLOTS];
    final Waiter waiter = new Waiter(Thread.currentThread()) {
        @Override
        public boolean interrupted() {
            return false;
        }

        @Override
        public Credentials credentials(Credentials opener) {
            return context.credentials();
        }
    };

    VfsProcess(FileSystem root) {
        context = new FsContext(new Mounts(root), Credentials.ROOT);
    }

    /** Goes on at the root of another file system; all files are closed. */
    void moveTo(FileSystem root) {
        FsContext fresh = new FsContext(new Mounts(root), context.credentials());
        fresh.setUmask(context.umask());
        context = fresh;
    }

    /** The file in a slot. */
    OpenFile file(int slot) {
        if (slots[slot] == null) {
            throw new Operation.BadDescriptor();
        }
        return slots[slot];
    }

    /** The file in a slot, for a call that takes no O_PATH. */
    OpenFile plain(int slot) {
        OpenFile file = file(slot);
        if (file.isPath()) {
            throw new Operation.BadDescriptor();
        }
        return file;
    }

    /** The file in a slot, for a call that finds out itself that there is none or that it is one of O_PATH. */
    OpenFile plainOrBad(int slot) {
        OpenFile file = slots[slot];
        return file == null || file.isPath() ? FileCalls.BAD_DESCRIPTOR : file;
    }

    /** What a path starts from, as the calls of a guest find it. */
    OpenFile at(int slotOrCwd, String path) {
        if (slotOrCwd == LinuxCall.CWD || path.startsWith("/")) {
            return null;
        }
        return slots[slotOrCwd] == null ? FileCalls.BAD_DESCRIPTOR : slots[slotOrCwd];
    }

    int open(int slot, int at, String path, int flags, int mode) {
        Result<OpenFile> opened = FileCalls.open(context, waiter, at(at, path), path, flags, mode);
        if (!opened.isFailure()) {
            slots[slot] = opened.value();
        }
        return opened.error();
    }

    /** Closes what is in a slot. */
    int drop(int slot) {
        OpenFile file = file(slot);
        slots[slot] = null;
        file.release();
        return 0;
    }

    /** Takes on a user, keeping root as the saved one. */
    int become(int uid, int gid, List<Integer> groups) {
        context.setCredentials(new Credentials(uid, uid, 0, gid, gid, 0, groups));
        return 0;
    }

    void closeAll() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots[slot] != null) {
                drop(slot);
            }
        }
    }
}
