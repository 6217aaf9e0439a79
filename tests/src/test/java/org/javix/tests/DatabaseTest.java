package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SQLite in several processes on one database, with its log (WAL) and the index of it in shared memory, and with the
 * database mapped: in a sandbox's own file system, in a directory of the host, and there beside SQLite of the host
 * itself, which sees the same locks and the same memory.
 */
@Timeout(600)
class DatabaseTest {
    private static final Path SCRIPT = Path.of("src/sandboxed/bank.sh");
    private static final String SOUND = "ok\n10000\n100\n1|0\n";
    private static final String SEEN = "10000|100000|100\n";
    private static final int WRITERS = 3;
    private static final int ROUNDS = 4;
    private static final int MOST_ROUNDS = 40;
    private static final String TRANSFERS = "50";
    private static final String SUMS = "50";
    private static final String ENDLESS = "1000000";

    @TempDir
    Path host;

    @BeforeAll
    static void installSqlite() throws IOException, InterruptedException {
        HostMachine.need("sqlite3");
    }

    private Sandbox sandbox() throws IOException {
        Sandbox sandbox = JavixMachine.builder().mountWritable(host, "/host").tmpfs("/own", 1 << 26, 100).build();
        sandbox.files().write("/bank.sh", Files.readAllBytes(SCRIPT), 0755);
        return sandbox;
    }

    private static List<String> words(String script, String database, String... words) {
        List<String> all = new ArrayList<>(List.of("sh", script, database));
        all.addAll(List.of(words));
        return all;
    }

    private static SandboxProcess start(Sandbox sandbox, String database, String... words) throws IOException {
        return sandbox.command(words("/bank.sh", database, words)).mergeError().start();
    }

    private static String run(Sandbox sandbox, String database, String... words) throws IOException {
        return text(start(sandbox, database, words));
    }

    private Process startOnHost(String... words) throws IOException {
        // In a session and a group of its own, which can be killed at once.
        List<String> all = words(SCRIPT.toString(), host + "/bank.db", words);
        all.addFirst("setsid");
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }

    private static String text(SandboxProcess process) throws IOException {
        return new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int count(Sandbox sandbox, String database) throws IOException {
        return Integer.parseInt(run(sandbox, database, "count").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/bank.db", "/own/bank.db", "/host/bank.db"})
    void severalProcessesShareADatabase(String database) throws IOException {
        try (Sandbox sandbox = sandbox()) {
            assertEquals("wal\n", run(sandbox, database, "create"));
            List<SandboxProcess> writers = new ArrayList<>();
            List<SandboxProcess> readers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(start(sandbox, database, "transfer", TRANSFERS));
                readers.add(start(sandbox, database, "watch", SUMS));
            }
            for (SandboxProcess writer : writers) {
                assertEquals("", text(writer));
            }
            for (SandboxProcess reader : readers) {
                assertEquals(SEEN, text(reader));
            }
            assertEquals(WRITERS * Integer.parseInt(TRANSFERS), count(sandbox, database));
            assertEquals(SOUND, run(sandbox, database, "check"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/own/bank.db", "/host/bank.db"})
    void whatWasCommittedOutlivesWhoIsKilled(String database) throws IOException {
        try (Sandbox sandbox = sandbox()) {
            run(sandbox, database, "create");
            int seen = 0;
            int logs = 0;
            for (int round = 0; round < MOST_ROUNDS && logs < ROUNDS; round++) {
                List<SandboxProcess> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    writers.add(start(sandbox, database, "transfer", ENDLESS));
                }
                seen = awaitTransfers(sandbox, database, seen + 10);
                for (SandboxProcess writer : writers) {
                    kill(writer);
                }
                // Whose input ends before he is killed closes the database, and removes the log if he is the last.
                boolean left = sandbox.exec("test", "-s", database + "-wal").exitCode() == 0;
                assertRecovers(sandbox, database, seen, left && logs % 2 == 0);
                logs += left ? 1 : 0;
            }
            assertEquals(ROUNDS, logs, "rounds that left a log");
        }
    }

    @Test
    void theHostsOwnProgramTakesPart() throws IOException, InterruptedException {
        String database = "/host/bank.db";
        try (Sandbox sandbox = sandbox()) {
            assertEquals("wal\n", text(startOnHost("create")));
            Process nativeWriter = startOnHost("transfer", TRANSFERS);
            SandboxProcess writer = start(sandbox, database, "transfer", TRANSFERS);
            Process nativeReader = startOnHost("watch", SUMS);
            SandboxProcess reader = start(sandbox, database, "watch", SUMS);
            assertEquals("", text(nativeWriter));
            assertEquals("", text(writer));
            assertEquals(SEEN, text(nativeReader));
            assertEquals(SEEN, text(reader));
            assertEquals(2 * Integer.parseInt(TRANSFERS), count(sandbox, database));
            int seen = 0;
            for (int round = 0; round < ROUNDS; round++) {
                SandboxProcess killed = start(sandbox, database, "transfer", ENDLESS);
                Process nativeKilled = startOnHost("transfer", ENDLESS);
                seen = awaitTransfers(sandbox, database, count(sandbox, database) + 10);
                kill(killed);
                HostMachine.build(List.of("sh", "-c", "kill -9 -" + nativeKilled.pid()));
                text(nativeKilled);
                if (round % 2 == 0) {
                    assertEquals(SOUND, text(startOnHost("check")));
                }
                assertTrue(count(sandbox, database) >= seen);
                assertEquals(SOUND, run(sandbox, database, "check"));
            }
        }
    }

    /** Kills the shell and what it started, and returns when all of them are gone: the last closes the output. */
    private static void kill(SandboxProcess shell) throws IOException {
        shell.killSession();
        shell.waitFor();
        // What was forked while the others were being killed.
        shell.killSession();
        text(shell);
    }

    /** Returns how many transfers another process has seen, once there are that many. */
    private static int awaitTransfers(Sandbox sandbox, String database, int wanted) throws IOException {
        int seen;
        do {
            seen = count(sandbox, database);
        } while (seen < wanted);
        return seen;
    }

    /** Nobody uses the database any more: what was seen is there, by the log alone if its index is lost. */
    private static void assertRecovers(Sandbox sandbox, String database, int seen, boolean indexIsLost) throws IOException {
        if (indexIsLost) {
            assertEquals(0, sandbox.exec("rm", database + "-shm").exitCode());
        }
        int there = count(sandbox, database);
        assertTrue(there >= seen, () -> "seen " + seen + ", then " + there);
        assertEquals(SOUND, run(sandbox, database, "check"));
    }
}
