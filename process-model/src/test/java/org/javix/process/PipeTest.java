package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.process.TestSystem.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, FIFOs, and waiting for either. */
class PipeTest {
    @Test
    void bytesComeOutInOrderAndThenTheEnd() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                assertEquals(5, write(self, pipe.writer(), "hello"));
                assertEquals(3, write(self, pipe.writer(), " wo"));
                assertEquals("hello wo", read(self, pipe.reader()));
                write(self, pipe.writer(), "rld");
                pipe.writer().release();
                assertEquals("rld", read(self, pipe.reader()));
                assertEquals("", read(self, pipe.reader()));
                assertEquals(0, pipe.reader().read(self.waiter(), MemorySegment.NULL, 0, 0));
                assertEquals("error " + EBADF, read(self, pipe.writer()));
                assertEquals(-EBADF, write(self, pipe.reader(), "x"));
                pipe.reader().release();
            });
        }
    }

    @Test
    void whatIsPutBackIsReadAgainFirst() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(OpenFlags.O_NONBLOCK);
                String full = "0123456789abcdef".repeat(Pipe.CAPACITY / 16);
                assertEquals(Pipe.CAPACITY, write(self, pipe.writer(), full));
                assertEquals(full, read(self, pipe.reader()));
                String other = full.toUpperCase();
                assertEquals(Pipe.CAPACITY, write(self, pipe.writer(), other));
                byte[] bytes = ("??" + full).getBytes(StandardCharsets.ISO_8859_1);
                pipe.reader().putBack(bytes, 2, Pipe.CAPACITY);
                assertEquals(-EAGAIN, write(self, pipe.writer(), "x"));
                assertEquals(full, read(self, pipe.reader()));
                assertEquals(other, read(self, pipe.reader()));
                assertEquals(1, write(self, pipe.writer(), "x"));
                pipe.reader().putBack(bytes, 0, 2);
                assertEquals("??x", read(self, pipe.reader()));
                pipe.reader().release();
                pipe.writer().release();
            });
        }
    }

    @Test
    void aReaderWaitsForAWriterAndAWriterForAReader() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                Process child = spawn(self, p -> {
                    assertEquals("now", read(p, pipe.reader()));
                    assertEquals("", read(p, pipe.reader()));
                });
                untilAsleep(child);
                write(self, pipe.writer(), "now");
                untilAsleep(child);
                pipe.writer().release();
                assertEquals(WaitStatus.SUCCESS, waitFor(self, child));
            });
        }
    }

    @Test
    void writingToAPipeThatNobodyReadsIsASignalAndAnError() {
        try (var system = new TestSystem()) {
            assertEquals(WaitStatus.signaled(SIGPIPE), system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                pipe.reader().release();
                self.process().signals().setAction(SIGPIPE, SigAction.IGNORE);
                assertEquals(-EPIPE, write(self, pipe.writer(), "x"));
                assertNull(self.signals().take());
                self.process().signals().setAction(SIGPIPE, SigAction.DEFAULT);
                assertEquals(-EPIPE, write(self, pipe.writer(), "x"));
                self.signals().take();
            }));
        }
    }

    @Test
    void aWriterThatWaitsLearnsThatTheReaderHasGone() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                Process yes = spawn(self, p -> {
                    while (write(p, pipe.writer(), "y\n".repeat(4096)) > 0) {
                        p.checkpoint();
                    }
                    p.checkpoint();
                });
                read(self, pipe.reader());
                untilAsleep(yes);
                pipe.reader().release();
                assertEquals(WaitStatus.signaled(SIGPIPE), waitFor(self, yes));
            });
        }
    }

    @Test
    void aFullPipeHoldsItsCapacityAndSmallWritesGoInWholeOrNotAtAll() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(OpenFlags.O_NONBLOCK);
                assertEquals("error " + EAGAIN, read(self, pipe.reader()));
                assertEquals(65_536, write(self, pipe.writer(), "x".repeat(100_000)));
                assertEquals(-EAGAIN, write(self, pipe.writer(), "x"));
                byte[] some = new byte[100];
                assertEquals(100, pipe.reader().read(self.waiter(), MemorySegment.ofArray(some), 0, 100));
                assertEquals(-EAGAIN, write(self, pipe.writer(), "y".repeat(101)), "all or nothing up to PIPE_BUF");
                assertEquals(100, write(self, pipe.writer(), "y".repeat(5000)), "as much as fits beyond it");
            });
        }
    }

    @Test
    void theCapacityCanBeChanged() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(OpenFlags.O_NONBLOCK);
                assertEquals(65_536, pipe.reader().capacity());
                assertEquals(4096, pipe.writer().setCapacity(1));
                assertEquals(4096, write(self, pipe.writer(), "x".repeat(10_000)));
                assertEquals(8192, pipe.writer().setCapacity(4097));
                assertEquals(4096, write(self, pipe.writer(), "z".repeat(10_000)));
                assertEquals(-EBUSY, pipe.writer().setCapacity(4096));
                assertEquals(-EPERM, pipe.writer().setCapacity(2 << 20));
                assertEquals(-EINVAL, pipe.writer().setCapacity(-1));
                assertEquals(1 << 20, pipe.writer().setCapacity(1 << 20));
                assertEquals("x".repeat(4096) + "z".repeat(4096), read(self, pipe.reader()));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 5000, 65_536, 200_000})
    void anythingGoesThroughUnchanged(int maxChunk) {
        try (var system = new TestSystem()) {
            system.run(self -> {
                int total = (int) Math.min(2_000_000, maxChunk * 20_000L);
                Pipe.Ends pipe = Pipe.open(0);
                Process writer = spawn(self, p -> {
                    Random random = new Random(1);
                    Random sizes = new Random(2);
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment buffer = arena.allocate(maxChunk);
                        for (int left = total; left > 0; ) {
                            int count = Math.min(left, 1 + sizes.nextInt(maxChunk));
                            for (int i = 0; i < count; i++) {
                                buffer.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
                            }
                            assertEquals(count, pipe.writer().write(p.waiter(), buffer, 0, count));
                            left -= count;
                        }
                    }
                    pipe.writer().release();
                });
                Random random = new Random(1);
                Random sizes = new Random(3);
                byte[] bytes = new byte[maxChunk];
                int seen = 0;
                while (true) {
                    int want = 1 + sizes.nextInt(maxChunk);
                    int count = (int) pipe.reader().read(self.waiter(), MemorySegment.ofArray(bytes), 0, want);
                    assertTrue(count <= want);
                    if (count == 0) {
                        break;
                    }
                    for (int i = 0; i < count; i++) {
                        if (bytes[i] != (byte) random.nextInt()) {
                            fail("byte " + (seen + i) + " differs");
                        }
                    }
                    seen += count;
                }
                assertEquals(total, seen);
                waitFor(self, writer);
            });
        }
    }

    @Test
    void smallWritesOfManyProcessesAreNotMixed() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                List<Process> writers = new ArrayList<>();
                int size = 1000;
                for (int i = 0; i < 6; i++) {
                    String text = String.valueOf((char) ('a' + i)).repeat(size);
                    writers.add(spawn(self, p -> {
                        for (int n = 0; n < 300; n++) {
                            assertEquals(size, write(p, pipe.writer(), text));
                        }
                    }));
                }
                for (int n = 0; n < 6 * 300; n++) {
                    byte[] block = new byte[size];
                    for (int got = 0; got < size; ) {
                        got += (int) pipe.reader().read(self.waiter(), MemorySegment.ofArray(block), got, size - got);
                    }
                    for (byte b : block) {
                        assertEquals(block[0], b);
                    }
                }
                writers.forEach(writer -> assertEquals(WaitStatus.SUCCESS, waitFor(self, writer)));
            });
        }
    }

    @Test
    void anInterruptedWriteTellsHowMuchItWrote() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                Process child = self.fork();
                child.signals().setAction(SIGUSR1, new SigAction(100, 0, 0, 0));
                child.start(p -> {
                    assertEquals(65_536, write(p, pipe.writer(), "x".repeat(100_000)));
                    p.signals().setMask(p.signals().take().oldMask());
                    assertEquals(-EINTR, write(p, pipe.writer(), "x"));
                });
                while (!child.hasEnded()) {
                    untilAsleepOrEnded(child);
                    child.signal(SIGUSR1);
                }
                assertEquals(WaitStatus.SUCCESS, waitFor(self, child));
            });
        }
    }

    private static void untilAsleepOrEnded(Process process) {
        while (!process.hasEnded() && process.main().waiter().thread().getState() != Thread.State.WAITING) {
            Thread.yield();
        }
    }

    @Test
    void aDescriptorInAChildKeepsThePipeOpen() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                int in = self.process().files().add(pipe.reader(), 0, false);
                int out = self.process().files().add(pipe.writer(), 0, true);
                Process child = spawn(self, p -> {
                    p.process().files().close(in);
                    write(p, p.process().files().get(out), "from the child");
                });
                Process other = self.fork();
                other.start(p -> {
                    p.process().execed("/bin/x", "/bin/x", List.of("x"));
                    assertNull(p.process().files().get(out), "closed on exec");
                    pauseForever(p);
                });
                self.process().files().close(out);
                waitFor(self, child);
                assertEquals("from the child", read(self, self.process().files().get(in)));
                assertEquals("", read(self, self.process().files().get(in)));
                other.signal(SIGKILL);
                waitFor(self, other);
            });
        }
    }

    @Test
    void pollTellsWhatCanBeDoneAndWaitsForIt() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                Poll poll = new Poll();
                poll.add(pipe.reader(), PollEvents.POLLIN);
                poll.add(pipe.writer(), PollEvents.POLLOUT);
                poll.add(null, PollEvents.POLLIN);
                poll.addIgnored();
                assertEquals(2, poll.await(self.waiter(), Deadline.NONE));
                assertEquals(0, poll.ready(0));
                assertEquals(PollEvents.POLLOUT, poll.ready(1));
                assertEquals(PollEvents.POLLNVAL, poll.ready(2));

                Poll read = new Poll();
                read.add(pipe.reader(), PollEvents.POLLIN);
                assertEquals(0, read.await(self.waiter(), Deadline.after(1_000_000)));
                Process writer = spawn(self, p -> {
                    untilAsleep(self.process());
                    write(p, pipe.writer(), "x".repeat(65_536));
                });
                assertEquals(1, read.await(self.waiter(), Deadline.NONE));
                waitFor(self, writer);

                Poll write = new Poll();
                write.add(pipe.writer(), PollEvents.POLLOUT);
                assertEquals(0, write.await(self.waiter(), Deadline.after(0)));
                Process reader = spawn(self, p -> {
                    untilAsleep(self.process());
                    read(p, pipe.reader());
                });
                assertEquals(1, write.await(self.waiter(), Deadline.NONE));
                waitFor(self, reader);

                pipe.reader().release();
                assertEquals(1, write.await(self.waiter(), Deadline.NONE));
                assertTrue((write.ready(0) & PollEvents.POLLERR) != 0);
                pipe.writer().release();
                Pipe.Ends second = Pipe.open(0);
                second.writer().release();
                Poll hangup = new Poll();
                hangup.add(second.reader(), 0);
                assertEquals(1, hangup.await(self.waiter(), Deadline.NONE));
                assertEquals(PollEvents.POLLHUP, hangup.ready(0));
            });
        }
    }

    @Test
    void aPipeLooksLikeOne() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends pipe = Pipe.open(0);
                Stat stat = new Stat();
                assertEquals(0, pipe.reader().stat(stat));
                assertEquals(FileMode.S_IFIFO | 0600, stat.mode);
                assertEquals("pipe:[" + stat.ino + "]", pipe.reader().path());
                assertEquals(-ESPIPE, pipe.reader().seek(0, OpenFile.SEEK_CUR));
                write(self, pipe.writer(), "12345");
                MemorySegment memory = MemorySegment.ofArray(new byte[16]);
                assertEquals(0, pipe.reader().ioctl(self.waiter(), 0x541B, memory, 4));
                assertEquals(5, memory.get(ValueLayout.JAVA_INT_UNALIGNED, 4));
                assertEquals(-EFAULT, pipe.reader().ioctl(self.waiter(), 0x541B, memory, 13));
            });
        }
    }

    private static Process fifoSystem(TestSystem system) {
        Process process = system.process(0);
        assertEquals(0, FileCalls.mknod(process.fs(), null, "/fifo", FileMode.S_IFIFO | 0644, 0));
        return process;
    }

    private static OpenFile open(Task self, int flags) {
        var opened = FileCalls.open(self.process().fs(), self.waiter(), null, "/fifo", flags, 0);
        assertEquals(0, opened.error());
        return opened.value();
    }

    @Test
    void openingAFifoWaitsForTheOtherSide() {
        try (var system = new TestSystem()) {
            WaitStatus status = system.run(fifoSystem(system), self -> {
                Process reader = spawn(self, p -> {
                    OpenFile in = open(p, OpenFlags.O_RDONLY);
                    assertEquals("through the fifo", read(p, in));
                    assertEquals("", read(p, in));
                    in.release();
                });
                untilAsleep(reader);
                OpenFile out = open(self, OpenFlags.O_WRONLY);
                write(self, out, "through the fifo");
                out.release();
                assertEquals(WaitStatus.SUCCESS, waitFor(self, reader));
            });
            assertEquals(WaitStatus.SUCCESS, status);
        }
    }

    @Test
    void whoOpensAFifoFirstMayBeGoneBeforeTheOtherLooks() {
        try (var system = new TestSystem()) {
            int rounds = 5_000;
            WaitStatus status = system.run(fifoSystem(system), self -> {
                Process reader = spawn(self, p -> {
                    for (int i = 0; i < rounds; i++) {
                        OpenFile in = open(p, OpenFlags.O_RDONLY);
                        assertEquals("x", read(p, in));
                        assertEquals("", read(p, in));
                        in.release();
                        OpenFile out = open(p, OpenFlags.O_WRONLY);
                        write(p, out, "y");
                        out.release();
                    }
                });
                for (int i = 0; i < rounds; i++) {
                    OpenFile out = open(self, OpenFlags.O_WRONLY);
                    write(self, out, "x");
                    out.release();
                    OpenFile in = open(self, OpenFlags.O_RDONLY);
                    assertEquals("y", read(self, in));
                    assertEquals("", read(self, in));
                    in.release();
                }
                assertEquals(WaitStatus.SUCCESS, waitFor(self, reader));
            });
            assertEquals(WaitStatus.SUCCESS, status);
        }
    }

    @Test
    void aFifoCanBeOpenedWithoutWaiting() {
        try (var system = new TestSystem()) {
            system.run(fifoSystem(system), self -> {
                int nonBlocking = OpenFlags.O_NONBLOCK;
                assertEquals(-ENXIO, FileCalls.open(
                                self.process().fs(), self.waiter(), null, "/fifo", OpenFlags.O_WRONLY | nonBlocking, 0)
                        .error());
                OpenFile in = open(self, OpenFlags.O_RDONLY | nonBlocking);
                assertEquals("", read(self, in), "no writer yet");
                assertEquals(0, in.poll() & PollEvents.POLLHUP, "nobody has hung up yet");
                OpenFile out = open(self, OpenFlags.O_WRONLY | nonBlocking);
                assertEquals("error " + EAGAIN, read(self, in));
                write(self, out, "kept while one side is open");
                out.release();
                assertEquals(PollEvents.POLLHUP, in.poll() & PollEvents.POLLHUP);
                in.release();
                in = open(self, OpenFlags.O_RDWR);
                write(self, in, "both ways");
                assertEquals("both ways", read(self, in), "and what was left is gone");
                in.release();
            });
        }
    }

    @Test
    void aSignalInterruptsTheOpeningOfAFifo() {
        try (var system = new TestSystem()) {
            system.run(fifoSystem(system), self -> {
                Process child = self.fork();
                child.signals().setAction(SIGUSR1, new SigAction(100, 0, 0, 0));
                child.start(p -> assertEquals(-EINTR, FileCalls.open(
                                p.process().fs(), p.waiter(), null, "/fifo", OpenFlags.O_RDONLY, 0)
                        .error()));
                untilAsleep(child);
                child.signal(SIGUSR1);
                waitFor(self, child);
                assertEquals(-ENXIO, FileCalls.open(
                                self.process().fs(), self.waiter(), null, "/fifo", OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK, 0)
                        .error(), "it left no reader behind");
            });
        }
    }
}
