package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Java streams as files to read from. */
@Timeout(30)
class StreamInputTest {
    /** A stream that never knows what is available and gives one byte a read, when somebody has put it. */
    private static final class Slow extends InputStream {
        private final LinkedBlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();

        void put(String text) {
            text.chars().forEach(bytes::add);
        }

        @Override
        public int read() throws IOException {
            try {
                return bytes.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
            target[at] = (byte) read();
            return 1;
        }
    }

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Waiter waiter = new Waiter(Thread.currentThread()) {
        @Override
        public boolean interrupted() {
            return interrupted.get();
        }
    };

    private String read(StreamInput file, int length) {
        MemorySegment buffer = MemorySegment.ofArray(new byte[length]);
        long count = file.read(waiter, buffer, 0, length);
        return count < 0
                ? Errno.name((int) -count)
                : new String(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    }

    private void later(Runnable action) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                return;
            }
            action.run();
        });
    }

    @Test
    void takesNoMoreThanIsRead() {
        InputStream stream = new ByteArrayInputStream("0123456789".getBytes(StandardCharsets.US_ASCII));
        StreamInput first = new StreamInput(stream);
        assertEquals("012", read(first, 3));
        first.release();
        assertEquals(7, ((ByteArrayInputStream) stream).available());
        StreamInput second = new StreamInput(stream);
        assertEquals("3456789", read(second, 100));
        assertEquals("", read(second, 100));
        assertEquals("", read(second, 100));
        second.release();
    }

    @Test
    void waitsForTheStream() {
        Slow stream = new Slow();
        StreamInput file = new StreamInput(stream);
        later(() -> stream.put("ab"));
        assertEquals("a", read(file, 100));
        assertEquals("b", read(file, 100));
        file.setStatusFlags(OpenFlags.O_NONBLOCK);
        assertEquals("EAGAIN", read(file, 100));
        file.release();
    }

    @Test
    void whatComesForWhoIsGoneIsKeptForTheNext() {
        Slow stream = new Slow();
        StreamInput gone = new StreamInput(stream);
        later(() -> {
            interrupted.set(true);
            waiter.wake();
        });
        assertEquals("EINTR", read(gone, 100));
        interrupted.set(false);
        gone.release();
        stream.put("xy");
        StreamInput next = new StreamInput(stream);
        assertEquals("x", read(next, 100));
        assertEquals("y", read(next, 100));
        next.release();
    }

    @Test
    void oneThreadServesAStreamHoweverManyComeAndGo() {
        Slow stream = new Slow();
        long before = readers();
        for (int i = 0; i < 20; i++) {
            StreamInput file = new StreamInput(stream);
            assertEquals(0, file.poll());
            file.release();
        }
        assertTrue(readers() <= before + 1);
        stream.put("z");
    }

    private static long readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("javix-input"))
                .count();
    }

    @Test
    void pollTellsWhenThereIsSomething() {
        Slow stream = new Slow();
        StreamInput file = new StreamInput(stream);
        assertEquals(0, file.poll());
        file.waitQueue().add(waiter);
        waiter.prepare();
        stream.put("ab");
        while (file.poll() == 0) {
            waiter.park();
        }
        file.waitQueue().remove(waiter);
        assertEquals("a", read(file, 100));
        file.release();
    }

    @Test
    void aTerminalIsACharacterDevice() {
        Stat stat = new Stat();
        StreamInput file = new StreamInput(InputStream.nullInputStream(), true);
        assertEquals(0, file.stat(stat));
        assertEquals(FileMode.S_IFCHR, stat.mode & FileMode.S_IFMT);
        assertEquals(0, file.ioctl(waiter, 0x5401, MemorySegment.NULL, 0));
        file.release();
        file = new StreamInput(InputStream.nullInputStream());
        assertEquals(-Errno.ENOTTY, file.ioctl(waiter, 0x5401, MemorySegment.NULL, 0));
        file.release();
    }
}
