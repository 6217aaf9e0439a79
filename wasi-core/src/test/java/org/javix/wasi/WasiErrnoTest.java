package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.javix.vfs.Errno;
import org.junit.jupiter.api.Test;

/** WASI's error numbers, as its specification counts them. */
class WasiErrnoTest {
    @Test
    void numbersAreTheSpecifications() {
        assertEquals(0, WasiErrno.of(0));
        assertEquals(0, WasiErrno.of(123));
        assertEquals(1, WasiErrno.of(-Errno.E2BIG));
        assertEquals(8, WasiErrno.of(-Errno.EBADF));
        assertEquals(28, WasiErrno.of(-Errno.EINVAL));
        assertEquals(44, WasiErrno.of(-Errno.ENOENT));
        assertEquals(58, WasiErrno.of(-Errno.EOPNOTSUPP));
        assertEquals(75, WasiErrno.of(-Errno.EXDEV));
        assertEquals(76, WasiErrno.of(-WasiErrno.ENOTCAPABLE));
    }

    @Test
    void whatWasiCannotNameIsStillAFailure() {
        assertEquals(29, WasiErrno.of(-Errno.EISNAM));
        assertEquals(29, WasiErrno.of(-10_000));
    }

    @Test
    void names() {
        assertEquals("ESUCCESS", WasiErrno.name(0));
        assertEquals("ENOENT", WasiErrno.name(44));
        assertEquals("ENOTCAPABLE", WasiErrno.name(76));
        assertEquals("E99", WasiErrno.name(99));
    }
}
