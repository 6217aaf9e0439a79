package org.javix.vfs;

import static org.javix.vfs.Errno.EINVAL;

import java.time.InstantSource;
import java.util.Map;

/**
 * {@code mount -t tmpfs}: {@code size}, {@code nr_blocks}, {@code nr_inodes}, {@code mode}, {@code uid} and {@code gid},
 * and {@link QuotaOptions}. What such a file system holds counts against the limits of the sandbox's root file system as well.
 *
 * @see <a href="https://docs.kernel.org/filesystems/tmpfs.html">tmpfs</a>
 */
final class TmpFsOptions {
    private static final int MODE = 01777;

    private TmpFsOptions() {}

    static Result<TmpFs> mount(FsContext context, String source, String text) {
        TmpSpace budget = context.mounts().root().fileSystem() instanceof TmpFs fs ? fs.space() : null;
        long bytes = budget == null ? TmpFs.UNLIMITED : budget.maxBytes();
        long inodes = budget == null ? TmpFs.UNLIMITED : budget.maxInodes();
        int mode = MODE;
        int uid = context.credentials().euid();
        int gid = context.credentials().egid();
        QuotaOptions quotas = new QuotaOptions();
        for (Map.Entry<String, String> option : MountOptions.parse(text).entrySet()) {
            String value = option.getValue();
            long number = 0;
            switch (option.getKey()) {
                case "size" -> number = bytes = positive(MountOptions.size(value, bytes));
                case "nr_blocks" -> {
                    number = MountOptions.size(value, 0);
                    bytes = number == 0 || number > Long.MAX_VALUE >> Pages.SHIFT ? TmpFs.UNLIMITED : number << Pages.SHIFT;
                }
                case "nr_inodes" -> number = inodes = positive(MountOptions.size(value, 0));
                case "mode" -> number = mode = MountOptions.number(value, 8);
                case "uid" -> number = uid = MountOptions.number(value, 10);
                case "gid" -> number = gid = MountOptions.number(value, 10);
                case "huge", "mpol", "inode32", "inode64", "noswap" -> {}
                default -> number = quotas.take(option.getKey(), value) ? 0 : -1;
            }
            if (number < 0) {
                return Result.failed(-EINVAL);
            }
        }
        TmpFs fs = TmpFs.within(budget, bytes, inodes, clock(context));
        quotas.applyTo(fs, clock(context));
        fs.root().setOwner(uid, gid, mode & FileMode.PERMISSIONS);
        return Result.of(fs);
    }

    // Zero means no limit of its own.
    private static long positive(long number) {
        return number == 0 ? TmpFs.UNLIMITED : number;
    }

    private static InstantSource clock(FsContext context) {
        return context.mounts().root().fileSystem() instanceof TmpFs fs ? fs.clock() : InstantSource.system();
    }
}
