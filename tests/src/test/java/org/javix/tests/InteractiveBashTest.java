package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.javix.posix.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * bash, used at a terminal: each dialogue is held with Debian's on Linux and with the userland's in Javix, and both must
 * show the same. Prompts are numbered as commands are.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InteractiveBashTest {
    private static final String INTERRUPT = "\3";
    private static final String SUSPEND = "\32";
    private static final String QUIT = "\34";
    private static final String END = "\4";
    private static final String ESCAPE = "\33";
    private static final String UP = "\33[A";

    /** A program that computes for ever. */
    private static final String BUSY = "mawk 'BEGIN { print \"ready\" >\"/dev/stderr\"; while (1) n++ }'";
    /** A program that blocks. */
    private static final String BLOCKED = "sh -c 'echo ready >&2; exec sleep 100'";

    private static final Map<String, String> ENVIRONMENT = new LinkedHashMap<>(Map.of(
            "PATH", "/usr/bin:/bin", "HOME", "/nonexistent", "TERM", "xterm", "LC_ALL", "C.UTF-8",
            "PS1", "\\#$ ", "HISTFILE", "", "TMPDIR", "/tmp"));

    /** Numbers of processes, which differ. */
    private static final Pattern PROCESS = Pattern.compile("(?m)(?<=^\\[\\d\\] )\\d+");

    private static Sandbox sandbox;

    @BeforeAll
    static void makeSandbox() throws IOException {
        sandbox = JavixMachine.builder().build();
    }

    @AfterAll
    static void closeSandbox() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    // ---- a dialogue ----

    private interface Step {
        void take(TerminalSession session) throws Exception;
    }

    private static final class Dialogue {
        private final String name;
        private final List<Step> steps = new ArrayList<>();

        Dialogue(String name) {
            this.name = name;
        }

        /** Types; a newline is the Enter key. */
        Dialogue type(String keys) {
            steps.add(session -> session.type(keys.replace('\n', '\r')));
            return this;
        }

        /** Waits until the screen ends with what the regular expression says. */
        Dialogue see(String expected) {
            steps.add(session -> session.awaitEnd(expected));
            return this;
        }

        /** Waits for the prompt of a command. */
        Dialogue prompt(int number) {
            return see(number + "\\$");
        }

        /** Types a command, and waits for the prompt of the next. */
        Dialogue command(int number, String command) {
            return prompt(number).type(command + "\n").prompt(number + 1);
        }

        /** So that what was typed last is running. */
        Dialogue pause() {
            steps.add(session -> Thread.sleep(200));
            return this;
        }

        Dialogue resize(int rows, int columns) {
            steps.add(session -> session.resize(rows, columns));
            return this;
        }

        /** What is shown in the end. */
        String hold(TerminalSession session) throws Exception {
            for (Step step : steps) {
                step.take(session);
            }
            String text = session.text();
            try {
                // Without jobs, a shell does not ask twice.
                session.type("\25disown -a; exit 7\r");
            } catch (IOException e) {
                // It has ended.
            }
            int status = session.waitFor();
            return PROCESS.matcher(text).replaceAll("N") + "status " + status;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Dialogue dialogue(String name) {
        return new Dialogue(name);
    }

    static List<Dialogue> dialogues() {
        List<Dialogue> all = new ArrayList<>();
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put("a program that blocks", BLOCKED);
        programs.put("a program that computes", BUSY);
        programs.put("a pipeline of both", "sleep 100 | " + BUSY);
        programs.put("a pipeline of both, turned", BUSY + " | sleep 100");
        programs.put("a loop of the shell's own", "echo ready; while :; do :; done");
        programs.forEach((what, program) -> {
            all.add(dialogue("Ctrl-C: " + what)
                    .prompt(1).type(program + "\n").see("ready").pause().type(INTERRUPT).prompt(2)
                    .command(2, "echo $?").command(3, "jobs"));
            if (!what.contains("loop")) {
                all.add(jobControl(what, program));
            }
        });
        all.add(dialogue("Ctrl-\\ ends what it is for")
                .prompt(1).type(BLOCKED + "\n").see("ready").pause().type(QUIT).prompt(2).command(2, "echo $?"));
        all.add(dialogue("Ctrl-C forgets a line")
                .prompt(1).type("echo one").see("1\\$ echo one").type(INTERRUPT).see("1\\$ echo one\\^C\n1\\$").type("echo two\n").prompt(2));
        all.add(dialogue("Ctrl-D ends input, and on an empty line the shell")
                .prompt(1).type("cat\n").pause().type("line\n").see("line\nline").type(END).prompt(2)
                .type(END).see("exit"));
        all.add(dialogue("Ctrl-S and Ctrl-Q hold and release output")
                .prompt(1).type("read x; echo got $x\n").pause().type("\23").type("abc").pause().type("\21\n").prompt(2));
        all.add(dialogue("jobs by name and number")
                .command(1, "sleep 100 &").command(2, "sleep 200 &").command(3, "sleep 300 & disown %2")
                .command(4, "jobs").command(5, "kill %1; wait %1; echo $?").command(6, "kill %?300; sleep 0.3; jobs"));
        all.add(dialogue("wait -n returns with the first")
                .command(1, "set +m; (sleep 0.4; exit 4) & (sleep 0.1; exit 3) &")
                .command(2, "wait -n; echo $?; wait -n; echo $?; wait -n; echo $?"));
        all.add(dialogue("a job that reads is stopped")
                .command(1, "cat & sleep 0.3").command(2, "jobs")
                .type("fg\n").see("cat").type("typed\n").see("typed\ntyped").type(END).prompt(4));
        all.add(dialogue("a job that writes is stopped if the terminal says so")
                .command(1, "stty tostop; echo written & sleep 0.3").command(2, "jobs").type("fg\n").prompt(4)
                .command(4, "stty -tostop"));
        all.add(dialogue("the shell warns of stopped jobs")
                .prompt(1).type(BLOCKED + "\n").see("ready").pause().type(SUSPEND).prompt(2).type("exit\n").prompt(3));
        all.add(dialogue("process substitution")
                .command(1, "diff <(echo one; echo two) <(echo one; echo three)")
                .command(2, "echo hello | tee >(tr a-z A-Z >/tmp/upper.$$) >/dev/null; sleep 0.2; cat /tmp/upper.$$"));
        all.add(dialogue("a coprocess")
                .command(1, "coproc sed -u s/a/b/g").command(2, "echo banana >&${COPROC[1]}")
                .command(3, "read -u ${COPROC[0]} x; echo $x; exec {COPROC[1]}>&-; wait $!; echo $?"));
        all.add(dialogue("history")
                .command(1, "echo one").command(2, "echo two").prompt(3).type(UP + UP + "\n").prompt(4)
                .command(4, "!!").type("!ec:0 three\n").prompt(6).type("\22two").pause().type("\n").prompt(7)
                .command(7, "^two^four^").command(8, "history | tail -n 4").command(9, "fc -l -2"));
        all.add(dialogue("emacs keys")
                .prompt(1).type("cho one twoo\2\2\5\b\1e\n").prompt(2)
                .type("echo one two\27three\n").prompt(3).type("echo one two\33b\13\31\31\n").prompt(4)
                .type("echo ab\24 \33[D\33[D\33[Dx\33[3~\n").prompt(5));
        all.add(dialogue("vi keys")
                .command(1, "set -o vi").type("echo one two").pause().type(ESCAPE).pause().type("bcwthree")
                .type(ESCAPE).pause().type("0wdwA").type(" four\n").prompt(3)
                .type(ESCAPE).pause().type("kkA five\n").prompt(4));
        all.add(dialogue("completion")
                .command(1, "mkdir -p /tmp/c.$$; cd /tmp/c.$$; touch alpha-one alpha-two 'with space'")
                .type("echo al\t").see("2\\$ echo alpha-").type("\t\t").see("alpha-one +alpha-two *\n2\\$ echo alpha-")
                .type("t\t\n").prompt(3).type("echo wi\t\n").prompt(4).type("disow\t --help >/dev/null\n").prompt(5)
                .type("echo $HOM\t\n").prompt(6));
        all.add(dialogue("Unicode, typed and erased")
                .command(1, "stty iutf8").type("echo héllo wörld\177\177\177\177rld\n").prompt(3)
                .type("echo 日本語\177国\n").prompt(4).type("x=日本; echo ${#x}\n").prompt(5)
                .type("cat\n").pause().type("añ\177o é日\177\n").see("ao é").type(END).prompt(6));
        all.add(dialogue("text that is pasted is not run")
                .prompt(1).type("\33[200~echo one\necho two\33[201~").see("1\\$ echo one\necho two").type("\n").prompt(3));
        all.add(dialogue("the window changes its size")
                .command(1, "echo $LINES $COLUMNS").resize(30, 100).pause().command(2, "echo $LINES $COLUMNS; stty size")
                .type("trap 'echo changed' WINCH\n").prompt(4).type("sleep 1\n").pause().resize(20, 60).prompt(5)
                .command(5, "stty size"));
        all.add(dialogue("a long line wraps")
                .prompt(1).type("echo " + "0123456789".repeat(12)).pause().type("\1\5\177\177\177\n").prompt(2));
        all.add(dialogue("read with a time limit, a prompt and no echo")
                .command(1, "read -t 0.1 x; echo $?").type("read -s -p secret: x; echo; echo $x\n").see("secret:")
                .type("word\n").prompt(3).type("read -n 1 x; echo; echo $x\n").pause().type("y").prompt(4));
        all.add(dialogue("traps at the prompt")
                .command(1, "trap 'echo caught' INT").type(BLOCKED + "\n").see("ready").pause().type(INTERRUPT).prompt(3)
                .command(3, "trap - INT").command(4, "trap 'echo child' CHLD; /bin/true"));
        return all;
    }

    private static Dialogue jobControl(String what, String program) {
        return dialogue("Ctrl-Z, fg, bg, jobs: " + what)
                .prompt(1).type(program + "\n").see("ready").pause().type(SUSPEND).prompt(2)
                .command(2, "echo $?").command(3, "jobs").command(4, "bg").command(5, "jobs %1")
                .prompt(6).type("fg\n").pause().type(SUSPEND).prompt(7)
                .prompt(7).type("%1\n").pause().type(INTERRUPT).prompt(8).command(8, "echo $?; jobs");
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void bothShowTheSame(Dialogue dialogue) throws Exception {
        List<String> bash = List.of("bash", "--norc", "--noprofile", "-i");
        String expected;
        try (TerminalSession session = new HostTerminalSession(ENVIRONMENT, bash)) {
            expected = dialogue.hold(session);
        }
        try (TerminalSession session = new JavixTerminalSession(sandbox, ENVIRONMENT, bash)) {
            assertEquals(expected, dialogue.hold(session));
        }
    }
}
