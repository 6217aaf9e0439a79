package org.javix.vfs;

import static org.javix.vfs.Errno.EAGAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The end of a lease that is not given back; the rest is compared with Linux by the guest program {@code leases}. */
class LeasesTest {
    private final FsContext context = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
    private int told;

    private OpenFile open(int flags) {
        return FileCalls.open(context, null, null, "/f", flags, 0644).value();
    }

    @Test
    void aLeaseThatIsNotGivenBackEndsByItself() {
        open(OpenFlags.O_CREAT | OpenFlags.O_WRONLY).release();
        OpenFile file = open(OpenFlags.O_RDONLY);
        file.setOwner((descriptor, code) -> told += descriptor);
        file.inode().leases(new Leases(1_000_000));
        assertEquals(0, FileCalls.setLease(context, file, 5, RecordLocks.F_RDLCK));
        int refused = FileCalls.open(context, null, null, "/f", OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK, 0).error();
        assertTrue(refused == -EAGAIN || refused == 0, "told, and the time may be up already");
        assertEquals(5, told);
        OpenFile writer = open(OpenFlags.O_WRONLY);
        assertEquals(RecordLocks.F_UNLCK, FileCalls.lease(file));
        assertEquals(5, told);
        writer.release();
        file.release();
    }
}
