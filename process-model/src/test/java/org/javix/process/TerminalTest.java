package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.process.TestSystem.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.javix.vfs.Credentials;
import org.javix.vfs.DevFs;
import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person types at a terminal and looks at it; programs read and write it. */
class TerminalTest {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int TIOCGWINSZ = 0x5413;

    private TestSystem system;
    private Terminal terminal;
    private OpenFile keepOpen;

    @BeforeEach
    void open() {
        system = new TestSystem();
        FileCalls.mkdir(system.kernel.init().fs(), null, "/dev", 0755);
        FileCalls.mount(system.kernel.init().fs(), "/dev", DevFs.create(InstantSource.system()), 0, "dev");
        terminal = system.kernel.newTerminal(Credentials.ROOT);
        keepOpen = terminal.openSlave(OpenFlags.O_RDWR);
    }

    @AfterEach
    void close() {
        keepOpen.release();
        system.close();
    }

    private void type(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                bytes.length,
                terminal.master().write(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), 0, bytes.length));
    }

    /** What is shown now. */
    private String shown() {
        byte[] bytes = new byte[10_000];
        if ((terminal.master().poll() & PollEvents.POLLIN) == 0) {
            return "";
        }
        long count = terminal.master().read(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), 0, bytes.length);
        return count < 0 ? "error " + -count : new String(bytes, 0, (int) count, StandardCharsets.UTF_8);
    }

    private void untilShown(String expected) {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(expected) < 0) {
            all.append(shown());
            Thread.yield();
        }
    }

    /** What one read of the programs' side gives, without waiting. */
    private String readNow() {
        keepOpen.setStatusFlags(OpenFlags.O_NONBLOCK);
        byte[] bytes = new byte[5000];
        long count = keepOpen.read(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), 0, bytes.length);
        return count < 0 ? "error " + -count : new String(bytes, 0, (int) count, StandardCharsets.UTF_8);
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        keepOpen.write(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    private void change(Consumer<Termios> change) {
        MemorySegment memory = MemorySegment.ofArray(new byte[60]);
        Waiter waiter = Waiter.uninterruptible();
        assertEquals(0, keepOpen.ioctl(waiter, TCGETS, memory, 0));
        Termios settings = new Termios();
        settings.load(memory, 0);
        change.accept(settings);
        settings.store(memory, 0);
        assertEquals(0, keepOpen.ioctl(waiter, TCSETS, memory, 0));
    }

    // ---- lines ----

    @Test
    void aLineIsEchoedAndReadWhenItIsFinished() {
        type("echo hi");
        assertEquals("echo hi", shown());
        assertEquals("error " + EAGAIN, readNow());
        type("\r");
        assertEquals("\r\n", shown());
        assertEquals("echo hi\n", readNow());
        type("one\rtwo\r");
        assertEquals("one\n", readNow(), "one line at a time");
        assertEquals("two\n", readNow());
    }

    @Test
    void erasingTakesBackCharactersWordsAndTheLine() {
        type("abx\177c");
        assertEquals("abx\b \bc", shown());
        type(" word \027");
        assertEquals(" word \b \b\b \b\b \b\b \b\b \b", shown());
        type("\r");
        shown();
        assertEquals("abc \n", readNow());
        type("gone\025new\r");
        assertEquals("gone\b \b\b \b\b \b\b \bnew\r\n", shown());
        assertEquals("new\n", readNow());
        type("\177\r");
        assertEquals("\n", readNow());
    }

    @Test
    void erasingTakesBackWholeUnicodeCharactersAndTabs() {
        terminal.setUnicode();
        type("naïve\177\177\177\r");
        assertEquals("naïve\b \b\b \b\b \b\r\n", shown());
        assertEquals("na\n", readNow());
        type("ab\t\177\r");
        assertEquals("ab\t\b\b\b\b\b\b\r\n", shown());
        assertEquals("ab\n", readNow());
    }

    @Test
    void endOfFileEndsALineWithoutAByte() {
        type("\4");
        assertEquals("", readNow());
        type("half\4");
        assertEquals("half", readNow());
        assertEquals("error " + EAGAIN, readNow());
        type("x\r\4");
        assertEquals("x\n", readNow());
        assertEquals("", readNow());
        assertEquals("halfx\r\n", shown(), "it is not echoed");
    }

    @Test
    void theNextCharacterCanBeTakenLiterally() {
        type("a\026\003b\r");
        assertEquals("a^\b^Cb\r\n", shown());
        assertEquals("a\003b\n", readNow());
    }

    @Test
    void aShortReadLeavesTheRestOfTheLine() {
        type("abcdef\r");
        byte[] bytes = new byte[4];
        MemorySegment buffer = MemorySegment.ofArray(bytes);
        assertEquals(4, keepOpen.read(Waiter.uninterruptible(), buffer, 0, 4));
        assertEquals("ef\n", readNow());
        type("abcd\4");
        assertEquals(4, keepOpen.read(Waiter.uninterruptible(), buffer, 0, 4));
        assertEquals("error " + EAGAIN, readNow(), "that was the end of this line, not of the file");
    }

    @Test
    void aLineThatIsTooLongIsCutAndCanStillBeFinished() {
        type("x".repeat(6000));
        type("\r");
        assertEquals(4096, readNow().length());
    }

    @Test
    void outputIsTranslatedAndEchoCanBeOff() {
        print("a\nb\tc\n");
        assertEquals("a\r\nb\tc\r\n", shown());
        change(settings -> settings.output |= Termios.XTABS);
        print("b\tc\n");
        assertEquals("b       c\r\n", shown());
        change(settings -> settings.output = 0);
        print("raw\n");
        assertEquals("raw\n", shown());
        change(settings -> settings.local &= ~Termios.ECHO);
        type("secret\r");
        assertEquals("", shown());
        assertEquals("secret\n", readNow());
    }

    @Test
    void outputStopsAndStarts() {
        type("\023");
        keepOpen.setStatusFlags(OpenFlags.O_NONBLOCK);
        byte[] bytes = {'x'};
        assertEquals(-EAGAIN, keepOpen.write(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), 0, 1));
        assertEquals(0, keepOpen.poll() & PollEvents.POLLOUT);
        type("\021");
        print("on again");
        assertEquals("on again", shown());
    }

    // ---- raw mode ----

    private void raw(int min, int time) {
        change(settings -> {
            settings.local &= ~(Termios.ICANON | Termios.ECHO | Termios.ISIG);
            settings.input &= ~(Termios.ICRNL | Termios.IXON);
            settings.specials[Termios.VMIN] = (byte) min;
            settings.specials[Termios.VTIME] = (byte) time;
        });
    }

    @Test
    void inRawModeBytesArriveAsTheyAreTyped() {
        raw(1, 0);
        type("a\r\003\4\023");
        assertEquals("a\r\003\4\023", readNow());
        assertEquals("", shown());
        assertEquals("error " + EAGAIN, readNow());
        raw(0, 0);
        assertEquals("", readNow());
        raw(3, 0);
        type("ab");
        assertEquals(0, keepOpen.poll() & PollEvents.POLLIN);
        type("c");
        assertEquals("abc", readNow());
    }

    @Test
    void aRawReadWaitsForTheLeastNumberOfBytesOrForSomeTime() {
        raw(3, 0);
        Process reader = system.process(0);
        reader.start(self -> assertEquals("abc", read(self, keepOpen)));
        type("a");
        untilAsleep(reader);
        type("bc");
        assertEquals(WaitStatus.SUCCESS, system.await(reader));
        raw(0, 1);
        system.run(self -> assertEquals("", read(self, keepOpen)));
        raw(10, 1);
        type("few");
        system.run(self -> assertEquals("few", read(self, keepOpen)));
    }

    @Test
    void whatWasTypedBeforeRawModeCanBeReadInIt() {
        type("unfinished");
        raw(1, 0);
        assertEquals("unfinished", readNow());
    }

    // ---- sizes, names, ioctl ----

    @Test
    void theWindowHasASizeAndChangingItIsASignal() {
        MemorySegment memory = MemorySegment.ofArray(new byte[8]);
        Waiter waiter = Waiter.uninterruptible();
        assertEquals(0, keepOpen.ioctl(waiter, TIOCGWINSZ, memory, 0));
        assertEquals(0, memory.get(ValueLayout.JAVA_INT_UNALIGNED, 0));
        terminal.setWindowSize(24, 80);
        assertEquals(0, keepOpen.ioctl(waiter, TIOCGWINSZ, memory, 0));
        assertEquals(24, memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
        assertEquals(80, memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2));
        Process shell = shell(self -> {
            self.process().signals().setAction(SIGWINCH, new SigAction(100, 0, 0, 0));
            self.signals().pause();
            assertEquals(SIGWINCH, self.signals().take().signal());
        });
        untilAsleep(shell);
        terminal.setWindowSize(24, 80);
        assertFalse(shell.hasEnded());
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) 50);
        assertEquals(0, terminal.master().ioctl(waiter, TIOCSWINSZ, memory, 0));
        assertEquals(WaitStatus.SUCCESS, system.await(shell));
        assertEquals(-EFAULT, keepOpen.ioctl(waiter, TIOCGWINSZ, memory, 1));
        assertEquals(-ENOTTY, keepOpen.ioctl(waiter, 0x1234, memory, 0));
    }

    @Test
    void programsOpenTerminalsByName() {
        system.run(self -> {
            var opened = FileCalls.open(self.process().fs(), self.waiter(), null, "/dev/ptmx", OpenFlags.O_RDWR, 0);
            OpenFile master = opened.value();
            MemorySegment memory = MemorySegment.ofArray(new byte[4]);
            assertEquals(0, master.ioctl(self.waiter(), 0x80045430, memory, 0));
            String name = "/dev/pts/" + memory.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
            assertEquals(-ENXIO, FileCalls.open(self.process().fs(), self.waiter(), null, "/dev/tty", OpenFlags.O_RDWR, 0)
                    .error(), "no controlling terminal yet");
            assertEquals(-EIO, FileCalls.open(self.process().fs(), self.waiter(), null, name, OpenFlags.O_RDWR, 0).error(), "locked");
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, 0);
            assertEquals(0, master.ioctl(self.waiter(), 0x40045431, memory, 0));
            OpenFile slave = FileCalls.open(self.process().fs(), self.waiter(), null, name, OpenFlags.O_RDWR, 0).value();
            assertEquals(name, slave.path());
            OpenFile tty = FileCalls.open(self.process().fs(), self.waiter(), null, "/dev/tty", OpenFlags.O_RDWR, 0).value();
            write(self, tty, "hello");
            assertEquals("hello", read(self, master));
            tty.release();
            slave.release();
            assertEquals("error " + EIO, read(self, master));
            self.process().signals().setAction(SIGHUP, SigAction.IGNORE);
            master.release();
            assertEquals(-ENOENT, FileCalls.open(self.process().fs(), self.waiter(), null, name, OpenFlags.O_RDWR, 0)
                    .error());
        });
    }

    // ---- sessions ----

    /** Starts a session leader with this controlling terminal. */
    private Process shell(Program program) {
        Process shell = system.process(0);
        assertEquals(0, terminal.setControlling(shell, false));
        shell.start(program);
        return shell;
    }

    @Test
    void controlCharactersAreSignalsToTheForegroundGroup() {
        for (int[] pair : new int[][] {{3, SIGINT}, {28, SIGQUIT}}) {
            Process shell = shell(TestSystem::pauseForever);
            type("text" + (char) pair[0]);
            assertEquals(WaitStatus.signaled(pair[1]), system.await(shell));
            assertEquals("error " + EAGAIN, readNow(), "and the line is thrown away");
        }
        assertTrue(shown().endsWith("^\\"));
    }

    @Test
    void aJobIsStoppedAndBroughtBackToTheForeground() {
        Process shell = shell(self -> {
            self.process().signals().setAction(SIGTTOU, SigAction.IGNORE);
            Process job = self.fork();
            self.process().setpgid(job.pid(), 0);
            assertEquals(0, terminal.setForeground(self, job.pid()));
            job.start(p -> {
                p.process().signals().setAction(SIGTTOU, SigAction.DEFAULT);
                write(p, keepOpen, "job runs\n");
                pauseForever(p);
            });
            ChildReport report = new ChildReport();
            assertEquals(job.pid(), self.wait4(-1, Process.WUNTRACED, report));
            assertEquals(new WaitStatus.Stopped(SIGTSTP), report.status());
            terminal.setForeground(self, self.pid());
            write(self, keepOpen, "stopped\n");
            assertEquals("fg\n", read(self, keepOpen));
            terminal.setForeground(self, job.pid());
            system.kernel.kill(self.process(), -job.pid(), SIGCONT, null);
            write(self, keepOpen, "continued\n");
            assertEquals(job.pid(), self.wait4(-1, Process.WUNTRACED, report));
            assertEquals(WaitStatus.signaled(SIGINT), report.status());
        });
        untilShown("job runs");
        type("\032");
        untilShown("stopped");
        type("fg\r");
        untilShown("continued");
        type("\003");
        assertEquals(WaitStatus.SUCCESS, system.await(shell));
    }

    @Test
    void aBackgroundJobThatTouchesTheTerminalStops() {
        Process shell = shell(self -> {
            Process reader = self.fork();
            self.process().setpgid(reader.pid(), 0);
            reader.start(p -> {
                assertEquals("error " + EINTR, read(p, keepOpen));
                assertNull(p.signals().take(), "stopped, and continued in the foreground");
                assertEquals("typed\n", read(p, keepOpen));
            });
            ChildReport report = new ChildReport();
            self.wait4(reader.pid(), Process.WUNTRACED, report);
            assertEquals(new WaitStatus.Stopped(SIGTTIN), report.status());
            terminal.setForeground(self, reader.pid());
            system.kernel.kill(self.process(), -reader.pid(), SIGCONT, null);
            assertEquals(WaitStatus.SUCCESS, waitFor(self, reader));
            self.signals().setMask(SignalSet.of(SIGTTOU));
            terminal.setForeground(self, self.pid());
            self.signals().setMask(0);

            Process writer = self.fork();
            self.process().setpgid(writer.pid(), 0);
            writer.start(p -> {
                assertEquals(3, write(p, keepOpen, "ok\n"), "writing is allowed without TOSTOP");
                change(settings -> settings.local |= Termios.TOSTOP);
                assertEquals(-EINTR, write(p, keepOpen, "no\n"));
                p.signals().take();
            });
            self.wait4(writer.pid(), Process.WUNTRACED, report);
            assertEquals(new WaitStatus.Stopped(SIGTTOU), report.status());
            writer.signal(SIGKILL);
            waitFor(self, writer);

            Process ignores = self.fork();
            self.process().setpgid(ignores.pid(), 0);
            ignores.signals().setAction(SIGTTIN, SigAction.IGNORE);
            ignores.start(p -> assertEquals("error " + EIO, read(p, keepOpen)));
            assertEquals(WaitStatus.SUCCESS, waitFor(self, ignores));
        });
        type("typed\r");
        assertEquals(WaitStatus.SUCCESS, system.await(shell));
    }

    @Test
    void hangingUpEndsTheSession() {
        Process shell = shell(self -> {
            Process job = self.fork();
            job.start(p -> {
                p.process().signals().setAction(SIGHUP, SigAction.IGNORE);
                assertEquals("", read(p, keepOpen));
                assertEquals(-EIO, write(p, keepOpen, "x"));
            });
            pauseForever(self);
        });
        untilAsleep(shell);
        terminal.master().release();
        assertEquals(WaitStatus.signaled(SIGHUP), system.await(shell));
        assertEquals(PollEvents.POLLHUP, keepOpen.poll() & PollEvents.POLLHUP);
    }

    @Test
    void theForegroundIsHungUpWhenTheLeaderEnds() {
        Process[] job = new Process[1];
        Process shell = shell(self -> {
            job[0] = self.fork();
            self.process().setpgid(job[0].pid(), 0);
            terminal.setForeground(self, job[0].pid());
            job[0].start(TestSystem::pauseForever);
        });
        assertEquals(WaitStatus.SUCCESS, system.await(shell));
        assertEquals(WaitStatus.signaled(SIGHUP), system.await(job[0]));
        assertNull(terminal.session());
    }
}
