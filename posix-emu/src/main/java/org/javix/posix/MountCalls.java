package org.javix.posix;

import org.javix.vfs.FileCalls;

/** Mounting, for the sandbox's superuser: what is there already, and file systems that cannot reach the host. */
final class MountCalls {
    private MountCalls() {}

    static long mount(GuestThread p, long source, long target, long type, long flags, long data) {
        String kind = text(p, type);
        String name = text(p, source);
        String options = text(p, data);
        return FileCalls.mount(p.fs(), name, p.memory().path(target), kind, (int) flags, options == null ? "" : options);
    }

    // A null pointer is allowed.
    private static String text(GuestThread p, long address) {
        return address == 0 ? null : p.memory().path(address);
    }

    static long umount2(GuestThread p, long target, long flags) {
        return FileCalls.unmount(p.fs(), p.memory().path(target), (int) flags);
    }
}
