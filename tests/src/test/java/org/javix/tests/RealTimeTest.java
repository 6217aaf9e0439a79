package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.javix.posix.Sandbox;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Real-time priorities, which Linux lets only a privileged user have: so this is not compared. On a busy machine one run in five
 * finds that whoever was overtaken went on for a moment, and nobody knows yet why: so it is run by {@code -Djavix.realtime=true} alone.
 */
@Timeout(120)
@EnabledIfSystemProperty(named = "javix.realtime", matches = "true")
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
