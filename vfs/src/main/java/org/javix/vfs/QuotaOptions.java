package org.javix.vfs;

import java.time.InstantSource;

/**
 * The options of a tmpfs that are about {@link Quotas}: {@code usrquota}, {@code grpquota}, {@code quota} for both, and what
 * those may have who are given no limits: {@code usrquota_block_hardlimit}, in bytes, {@code usrquota_inode_hardlimit}, and
 * the same of groups.
 */
final class QuotaOptions {
    private final boolean[] wanted = new boolean[2];
    private final long[] bytes = new long[2];
    private final long[] files = new long[2];

    /** Takes an option: false if it is another's, or its value makes no sense. */
    boolean take(String name, String value) {
        if (name.equals("quota")) {
            wanted[Quotas.USER] = wanted[Quotas.GROUP] = true;
            return true;
        }
        if (!name.startsWith("usrquota") && !name.startsWith("grpquota")) {
            return false;
        }
        int kind = name.startsWith("usr") ? Quotas.USER : Quotas.GROUP;
        long limit = MountOptions.size(value, 0);
        switch (name.substring("usrquota".length())) {
            case "" -> {
                wanted[kind] = true;
                return true;
            }
            case "_block_hardlimit" -> bytes[kind] = limit;
            case "_inode_hardlimit" -> files[kind] = limit;
            default -> {
                return false;
            }
        }
        return limit > 0;
    }

    /** Begins to count in a new file system, if that is wanted. */
    void applyTo(TmpFs fs, InstantSource clock) {
        Quotas quotas = new Quotas(clock);
        boolean any = false;
        for (int kind : new int[] {Quotas.USER, Quotas.GROUP}) {
            if (wanted[kind]) {
                quotas.count(kind, bytes[kind], files[kind]);
                any = true;
            }
        }
        if (any) {
            fs.count(quotas);
        }
    }
}
