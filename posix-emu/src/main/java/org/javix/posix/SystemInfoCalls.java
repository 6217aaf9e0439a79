package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** What the system is, and random numbers. */
final class SystemInfoCalls {
    private static final int UTS_FIELD = 65;
    private static final int HOST_NAME_MAX = 64;
    private static final int SYSINFO_SIZE = 312;
    /** The memory that programs see: a whole 32-bit address space. */
    private static final int PAGES = 1 << 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private SystemInfoCalls() {}

    static long uname(GuestThread p, long name) {
        String[] fields = {"Linux", p.kernel().hostname(), "6.1.0-javix", "#1 SMP Javix", "wasm32", p.kernel().domainName()};
        p.memory().clear(name, (long) UTS_FIELD * fields.length);
        for (int i = 0; i < fields.length; i++) {
            byte[] text = fields[i].getBytes(StandardCharsets.ISO_8859_1);
            p.memory().setBytes(name + (long) UTS_FIELD * i, text, 0, Math.min(text.length, UTS_FIELD - 1));
        }
        return 0;
    }

    static long sysinfo(GuestThread p, long info) {
        GuestMemory memory = p.memory();
        memory.clear(info, SYSINFO_SIZE);
        memory.set32(info, (int) (p.kernel().uptimeNanos() / 1_000_000_000));
        memory.set32(info + 16, PAGES);
        memory.set32(info + 20, PAGES);
        memory.set16(info + 40, p.kernel().processes().size());
        memory.set32(info + 52, AddressSpace.PAGE);
        return 0;
    }

    static long sethostname(GuestThread p, long name, long length) {
        return setName(p, name, length, p.kernel()::setHostname);
    }

    static long setdomainname(GuestThread p, long name, long length) {
        return setName(p, name, length, p.kernel()::setDomainName);
    }

    private static long setName(GuestThread p, long name, long length, Consumer<String> setter) {
        if (!p.credentials().isRoot()) {
            return -EPERM;
        }
        if (length < 0 || length > HOST_NAME_MAX) {
            return -EINVAL;
        }
        setter.accept(new String(p.memory().bytes(name, (int) length), StandardCharsets.ISO_8859_1));
        return 0;
    }

    static long getcpu(GuestThread p, long cpu, long node) {
        if (cpu != 0) {
            p.memory().set32(cpu, 0);
        }
        if (node != 0) {
            p.memory().set32(node, 0);
        }
        return 0;
    }

    static long getrandom(GuestThread p, long buffer, long count, long flags) {
        if ((flags & ~7) != 0) {
            return -EINVAL;
        }
        int length = (int) Math.min(count & 0xffff_ffffL, 1 << 20);
        p.memory().check(buffer, length);
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        p.memory().setBytes(buffer, bytes);
        return length;
    }
}
