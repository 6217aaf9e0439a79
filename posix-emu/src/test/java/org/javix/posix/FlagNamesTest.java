package org.javix.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FlagNamesTest {
    @Test
    void namesTheAccessModeAndEachBit() {
        assertEquals("O_RDONLY", Flags.OPEN.format(0));
        assertEquals("O_WRONLY|O_CREAT|O_TRUNC", Flags.OPEN.format(01101));
        assertEquals("O_RDWR|O_CLOEXEC", Flags.OPEN.format(02000002));
    }

    @Test
    void aDirectoryIsNotTakenForATemporaryFile() {
        assertEquals("O_RDONLY|O_DIRECTORY", Flags.OPEN.format(0200000));
        assertEquals("O_RDWR|O_TMPFILE", Flags.OPEN.format(020200002));
    }

    @Test
    void unknownBitsAreShownAsANumber() {
        assertEquals("AT_REMOVEDIR|0x80000", Flags.AT.format(0x80200));
        assertEquals("0x1234", Flags.ANY.format(0x1234));
        assertEquals("0", Flags.AT.format(0));
    }

    @Test
    void namesValues() {
        assertEquals("SEEK_SET", Flags.SEEK.format(0));
        assertEquals("F_DUPFD_CLOEXEC", Flags.FCNTL.format(1030));
        assertEquals("0x63", Flags.SEEK.format(99));
    }
}
