package org.javix.posix;

import org.javix.process.SysvIpcObject;

/** What the System V calls have in common: numbers of commands, and the start of their structures. */
final class SysvStructures {
    static final int IPC_RMID = 0;
    static final int IPC_SET = 1;
    static final int IPC_STAT = 2;
    static final int IPC_INFO = 3;

    /** The size of struct ipc_perm. */
    static final int PERM_SIZE = 36;

    private SysvStructures() {}

    /** Writes a struct ipc_perm. */
    static void storePerm(GuestMemory memory, long at, SysvIpcObject object) {
        memory.set32(at, object.key());
        memory.set32(at + 4, object.user());
        memory.set32(at + 8, object.group());
        memory.set32(at + 12, object.creatorUser());
        memory.set32(at + 16, object.creatorGroup());
        memory.set32(at + 20, object.mode());
        memory.set32(at + 24, object.id() >>> 15);
        memory.set32(at + 28, 0);
        memory.set32(at + 32, 0);
    }

    /** {@code IPC_SET}: gives an object the owner, group and permissions of a struct ipc_perm. */
    static void setPerm(GuestThread p, long at, SysvIpcObject object) {
        GuestMemory memory = p.memory();
        long now = p.kernel().clock().instant().getEpochSecond();
        object.set(memory.i32(at + 4), memory.i32(at + 8), memory.i32(at + 20), now);
    }
}
