package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FdTableTest {
    private final FdTable table = new FdTable(100);

    /** Counts how often it was closed. */
    private static final class Probe extends OpenFile {
        int closes;

        Probe() {
            super(OpenFlags.O_RDWR);
        }

        @Override
        protected void closed() {
            closes++;
        }
    }

    @Test
    void theLowestFreeDescriptorIsUsed() {
        for (int fd = 0; fd < 40; fd++) {
            assertEquals(fd, table.add(new Probe(), 0, false));
        }
        table.close(7);
        table.close(3);
        assertEquals(10 + 30, table.add(new Probe(), 10, false));
        assertEquals(3, table.add(new Probe(), 0, false));
        assertEquals(7, table.add(new Probe(), 0, false));
        assertEquals(41, table.add(new Probe(), 0, false));
    }

    @Test
    void thereIsALimit() {
        for (int fd = 0; fd < 100; fd++) {
            table.add(new Probe(), 0, false);
        }
        assertEquals(-Errno.EMFILE, table.add(new Probe(), 0, false));
        assertEquals(-Errno.EINVAL, table.add(new Probe(), 100, false));
        assertEquals(-Errno.EBADF, table.dup2(0, 100, false));
        table.close(50);
        assertEquals(50, table.add(new Probe(), 20, false));
    }

    @Test
    void theLastReferenceCloses() {
        Probe probe = new Probe();
        int fd = table.add(probe, 0, false);
        assertEquals(9, table.dup2(fd, 9, true));
        FdTable child = table.fork();
        assertSame(probe, child.get(9));
        table.closeAll();
        child.close(fd);
        assertEquals(0, probe.closes);
        assertTrue(child.closeOnExec(9));
        child.closeForExec();
        assertEquals(1, probe.closes);
        assertNull(child.get(9));
        assertFalse(probe.tryRetain());
    }

    @Test
    void dup2ReplacesAndClosesWhatWasThere() {
        Probe first = new Probe();
        Probe second = new Probe();
        table.add(first, 0, false);
        table.add(second, 0, true);
        table.setTag(1, "tag");
        assertEquals(1, table.dup2(1, 1, false));
        assertTrue(table.closeOnExec(1), "a dup to itself changes nothing");
        assertEquals(1, table.dup2(0, 1, false));
        assertEquals(1, second.closes);
        assertFalse(table.closeOnExec(1));
        assertNull(table.tag(1));
        assertEquals(-Errno.EBADF, table.dup2(5, 1, false));
        assertEquals(-Errno.EBADF, table.close(5));
        assertEquals(-Errno.EBADF, table.close(-1));
        assertNull(table.get(-1));
        assertNull(table.get(1 << 20));
    }

    @Test
    void openDescriptorsCanBeListed() {
        table.add(new Probe(), 2, false);
        table.add(new Probe(), 70, true);
        List<String> seen = new ArrayList<>();
        table.forEach((fd, file, cloexec) -> seen.add(fd + (cloexec ? "x" : "")));
        assertEquals(List.of("2", "70x"), seen);
    }
}
