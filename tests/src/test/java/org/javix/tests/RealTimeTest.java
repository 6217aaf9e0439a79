package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.javix.posix.Sandbox;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real-time priorities, which Linux lets only a privileged user have: so this is not compared. */
@Timeout(120)
class RealTimeTest {
    @Test
    void prioritiesDecideWhoRuns() throws Exception {
        byte[] program = GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/real_time.c"));
        try (Sandbox sandbox = JavixMachine.builder().user(Credentials.ROOT).build()) {
            sandbox.files().write("/tmp/real_time", program, 0755);
            assertEquals("4321\npreempted: 1\n", sandbox.command("/tmp/real_time").mergeError().run().text());
        }
    }
}
