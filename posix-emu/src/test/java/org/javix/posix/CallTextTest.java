package org.javix.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallTextTest {
    private static final int AT_FDCWD = -100;

    private final GuestMemory memory = new GuestMemory(TestInstance.withMemory(1));

    private void put(long address, String text) {
        memory.setBytes(address, (text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    private String text(String name, long result, long... arguments) {
        SystemCall call = SystemCalls.named(name);
        String[] inputs = CallText.inputs(call, memory, arguments);
        return CallText.format(call, memory, inputs, arguments, result);
    }

    @Test
    void showsPathsFlagsAndResults() {
        put(100, "/etc/passwd");
        assertEquals(
                "openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY) = 3", text("openat", 3, AT_FDCWD, 100, 0, 0));
    }

    @Test
    void showsTheModeOnlyOfFilesThatMayBeMade() {
        put(100, "f");
        assertEquals(
                "openat(5, \"f\", O_WRONLY|O_CREAT, 0644) = 4", text("openat", 4, 5, 100, 0101, 0644));
    }

    @Test
    void showsErrorsByNameAndMeaning() {
        assertEquals("close(9) = -1 EBADF (Bad file descriptor)", text("close", -9, 9));
    }

    @Test
    void showsWhatWasReadAndWritten() {
        put(100, "hello\n\1");
        assertEquals("write(1, \"hello\\n\", 6) = 6", text("write", 6, 1, 100, 6));
        assertEquals("read(0, \"hello\\n\\1\", 64) = 7", text("read", 7, 0, 100, 64));
        assertEquals("read(0, 0x64, 64) = 0", text("read", 0, 0, 100, 64));
        put(200, "x".repeat(100));
        assertEquals("write(1, \"" + "x".repeat(32) + "\"..., 100) = 100", text("write", 100, 1, 200, 100));
    }

    @Test
    void showsVectorsOfStrings() {
        put(100, "sh");
        put(110, "-c");
        memory.set32(200, 100);
        memory.set32(204, 110);
        memory.set32(208, 0);
        assertEquals("execve(\"sh\", [\"sh\", \"-c\"], NULL) = 0", text("execve", 0, 100, 200, 0));
    }

    @Test
    void aBadAddressIsShownAsANumber() {
        assertEquals(
                "chdir(0xfffffff0) = -1 EFAULT (Bad address)", text("chdir", -14, 0xfffffff0L));
    }
}
