package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Pages that were touched are found, whichever way the host tells. */
class PagemapTest {
    /** Nobody else reserves so much, so that no other range is recycled here. */
    private static final long LENGTH = 515L << 20;

    @Test
    void bothWaysFindWhatWasTouched() {
        assumeTrue(HostPages.host() != null, "not Linux");
        MemorySegment range = HostPages.host().reserve(LENGTH);
        BitSet touched = new BitSet();
        touched.set(0);
        touched.set(511, 514);
        touched.set((int) (LENGTH / HostPages.PAGE) - 1);
        // More runs than one call tells of.
        for (int page = 5000; page < 5400; page += 2) {
            touched.set(page);
        }
        touched.stream().forEach(page -> range.set(ValueLayout.JAVA_BYTE, (long) page * HostPages.PAGE + page % 7, (byte) 1));
        for (boolean scans : new boolean[] {true, false}) {
            Pagemap map = Pagemap.open(Linker.nativeLinker(), scans);
            assumeTrue(map != null, "the host does not show it");
            assertEquals(touched, map.held(range.address(), LENGTH), "scans: " + scans);
            BitSet middle = touched.get(5000, 5011);
            assertEquals(middle, map.held(range.address() + 5000L * HostPages.PAGE, 11L * HostPages.PAGE - 100));
        }
        HostPages.host().release(range, LENGTH, false);
    }
}
