package org.javix.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;

class ExecImageTest {
    private static final int AT_EXECFN = 31;

    @Test
    void laysOutArgumentsEnvironmentAndStrings() {
        Program program = new Program(null, null, "/bin/x", List.of("x", "-a"), List.of("K=V"), Credentials.ROOT, null, false);
        ExecImage image = new ExecImage(program, Credentials.ROOT);
        GuestMemory memory = new GuestMemory(TestInstance.withMemory(1));
        image.store(memory, 1024);

        assertEquals(2, memory.i32(1024));
        assertEquals("x", memory.path(memory.i32(1028)));
        assertEquals("-a", memory.path(memory.i32(1032)));
        assertEquals(0, memory.i32(1036));
        assertEquals("K=V", memory.path(memory.i32(1040)));
        assertEquals(0, memory.i32(1044));
        long auxiliary = 1048;
        while (memory.i32(auxiliary) != AT_EXECFN) {
            assertTrue(memory.i32(auxiliary) != 0);
            auxiliary += 8;
        }
        assertEquals("/bin/x", memory.path(memory.i32(auxiliary + 4)));
        assertEquals(0, image.size() % 16);
    }

    @Test
    void noArgumentsAndNoEnvironmentAreTwoNulls() {
        Program program = new Program(null, null, "/bin/x", List.of(), List.of(), Credentials.ROOT, null, false);
        GuestMemory memory = new GuestMemory(TestInstance.withMemory(1));
        new ExecImage(program, Credentials.ROOT).store(memory, 0);
        assertEquals(0, memory.i32(0));
        assertEquals(0, memory.i32(4));
        assertEquals(0, memory.i32(8));
    }
}
