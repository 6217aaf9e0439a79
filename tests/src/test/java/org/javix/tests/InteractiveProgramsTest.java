package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.javix.posix.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that use the whole screen, started from bash at a terminal. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InteractiveProgramsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/bin:/bin", "HOME", "/tmp", "TERM", "xterm", "LC_ALL", "C.UTF-8", "PS1", "\\#$ ", "SHELL", "/bin/bash");
    private static final String ESCAPE = "\33";

    private Sandbox sandbox;
    private TerminalSession session;

    @BeforeEach
    void startBash() throws Exception {
        sandbox = JavixMachine.builder().build();
        session = new JavixTerminalSession(sandbox, ENVIRONMENT, List.of("bash", "--norc", "--noprofile", "-i"));
        session.awaitEnd("1\\$");
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        sandbox.close();
    }

    /** A page of numbers from one on, above the last line. */
    private static String numbers(int first) {
        return IntStream.range(first, first + 23).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void lessShowsPagesAndFinds() throws Exception {
        session.type("seq 500 | less\r");
        session.awaitEnd(numbers(1) + "\n:");
        session.type(" ");
        session.awaitEnd(numbers(24) + "\n:");
        session.type("G");
        session.awaitEnd(numbers(478) + "\n\\(END\\)");
        session.type("?^12\r");
        session.awaitEnd(numbers(129) + "\n:");
        session.type("b");
        session.awaitEnd(numbers(106) + "\n:");
        session.type("100g");
        session.awaitEnd(numbers(100) + "\n:");
        session.type("&99\r");
        session.awaitText("199\n299\n399\n499\n");
        session.resize(12, 60);
        // A key that comes with the signal is lost, as on Linux.
        Thread.sleep(500);
        session.type("q");
        session.awaitEnd("2\\$");
    }

    @Test
    void viEditsAFile() throws Exception {
        sandbox.files().writeString("/tmp/poem", "first\nsecond\nthird\nfourth\n");
        session.type("vi /tmp/poem\r");
        session.awaitText("^first\nsecond\nthird\nfourth\n~\n(~\n)+\"~/poem\" 4 lines, 26 bytes");
        session.type(":set number\r");
        session.awaitText(" +4 fourth\n");
        session.type("/thi\rdd");
        session.awaitText(" +2 second\n +3 fourth\n~");
        session.type("Olast – ünï" + ESCAPE + "u");
        session.awaitText(" +2 second\n +3 fourth\n~");
        session.type("olast – ünï" + ESCAPE);
        session.awaitText(" +4 last – ünï\n~");
        session.type(":%s/o/0/g\r");
        session.awaitText(" +2 sec0nd\n +3 f0urth\n");
        session.type(":!echo from the shell\r");
        session.awaitText("from the shell\n\nPress ENTER");
        session.type("\r");
        session.awaitText(" +1 first\n");
        session.type(":wq\r");
        session.awaitEnd("2\\$");
        assertEquals("first\nsec0nd\nf0urth\nlast – ünï\n", sandbox.files().readString("/tmp/poem"));
    }

    @Test
    void viIsSuspendedAndTakenUpAgain() throws Exception {
        session.type("vi\r");
        session.awaitText("\n~\n~\n");
        session.type("ihello" + ESCAPE + "\32");
        session.awaitText("Stopped +vi");
        session.awaitEnd("2\\$");
        session.type("fg\r");
        session.awaitText("^hello\n~\n");
        session.type(":q!\r");
        session.awaitEnd("3\\$");
    }

    @Test
    void topShowsTheProcesses() throws Exception {
        session.type("sleep 100 &\r");
        session.awaitEnd("2\\$");
        session.type("top -d 0.5\r");
        session.awaitText("Tasks: +4 total.*PID USER .* COMMAND *\n.*\\btop\n");
        session.awaitText("\\bsleep\n");
        session.type("q");
        session.awaitEnd("3\\$");
    }

    @Test
    void processesAreListedFoundAndSignalled() throws Exception {
        session.type("sleep 100 & ps -o tty,stat,comm\r");
        session.awaitEnd("TT +STAT COMMAND\npts/0 +Ss +bash\npts/0 +S +sleep\npts/0 +R\\+ +ps\n2\\$");
        session.type("pgrep -c -x sleep; pkill sleep; wait; pgrep sleep; echo $?\r");
        session.awaitEnd("1\n(.*Terminated +sleep 100\n)?1\n3\\$");
        session.type("free | head -n 1; uptime\r");
        session.awaitText("total +used +free +shared +buff/cache +available\n.* up .*load average");
    }

    @Test
    void tmuxSplitsItsWindowAndIsLeftAndFoundAgain() throws Exception {
        session.type("tmux -f /dev/null\r");
        session.awaitText("\\[0\\] 0:bash\\*");
        session.type("PS1='> '; clear; echo $((6 * 7))\r");
        session.awaitText("^42\n> ?\n");
        session.type("\2\"");
        session.awaitText("^42\n> ?\n\n.*\n[─q]{80}\n");
        session.type("tty\r");
        session.awaitText("/dev/pts/2\n");
        session.type("\2d");
        session.awaitText("\\[detached \\(from session 0\\)\\]\n2\\$");
        session.type("tmux ls; tmux attach\r");
        session.awaitText("^42\n> ?\n\n.*/dev/pts/2\n");
        session.type("exit\r");
        session.awaitText("^42\n> ?\n\n+\\[0\\]");
        session.type("exit\r");
        session.awaitText("\\[exited\\]\n3\\$");
        assertTrue(session.text().contains("0: 1 windows"), session::text);
    }
}
