package org.javix.net;

import static org.javix.net.SocketFile.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.javix.vfs.Credentials;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unix-domain sockets: what programs cannot see of them, and streams under load. */
@Timeout(60)
class UnixSocketTest {
    private static final MemorySegment BYTE = MemorySegment.ofArray(new byte[] {1});

    private final Network network = new Network(1000);
    private final Waiter waiter = Waiter.uninterruptible();

    private Network.Pair pair(int type) {
        return network.pair(waiter, Credentials.ROOT, AF_UNIX, type, 0, 0).value();
    }

    private long send(SocketFile through, OpenFile... files) {
        SocketMessage message = new SocketMessage(BYTE, 0, 1, SocketMessage.MSG_DONTWAIT);
        message.setFiles(List.of(files));
        return through.send(null, waiter, message);
    }

    private static void close(SocketFile socket) {
        socket.release();
        socket.descriptorClosed(null);
    }

    private void assertNothingLeft() {
        assertEquals(0, network.filesInFlight());
        assertEquals(0, network.bufferedBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET})
    void socketsThatAreOnlyInEachOthersQueuesAreClosed(int type) {
        Network.Pair witness = pair(type);
        Network.Pair pair = pair(type);
        assertEquals(1, send(pair.one(), pair.one(), pair.other(), witness.one()));
        assertEquals(1, send(pair.other(), pair.one(), pair.other()));
        close(witness.one());
        close(pair.one());
        assertEquals(5, network.filesInFlight());
        close(pair.other());
        assertEquals(0, witness.one().references());
        close(witness.other());
        assertNothingLeft();
    }

    @Test
    void whatCanStillBeReceivedStaysOpen() {
        Network.Pair holder = pair(SOCK_STREAM);
        Network.Pair inner = pair(SOCK_STREAM);
        Network.Pair last = pair(SOCK_STREAM);
        send(inner.one(), last.one());
        send(holder.one(), inner.other());
        close(last.one());
        close(inner.other());
        close(inner.one());
        assertEquals(1, inner.other().references());
        assertEquals(1, last.one().references());
        SocketMessage received = new SocketMessage(BYTE, 0, 1, 0);
        assertEquals(1, holder.other().receive(waiter, received));
        SocketFile landed = (SocketFile) received.files().getFirst();
        assertSame(inner.other(), landed);
        SocketMessage second = new SocketMessage(BYTE, 0, 1, 0);
        assertEquals(1, landed.receive(waiter, second));
        assertSame(last.one(), second.files().getFirst());
        close(last.one());
        close(landed);
        List.of(last.other(), holder.one(), holder.other()).forEach(UnixSocketTest::close);
        assertNothingLeft();
    }

    @Test
    void aLongChainOfSocketsInSocketsIsClosedWithoutRecursion() throws InterruptedException {
        Network large = new Network(30_000);
        OpenFile inside = null;
        for (int i = 0; i < 20_000; i++) {
            Network.Pair next = large.pair(waiter, Credentials.ROOT, AF_UNIX, SOCK_DGRAM, 0, 0).value();
            if (inside != null) {
                SocketMessage message = new SocketMessage(BYTE, 0, 1, 0);
                message.setFiles(List.of(inside));
                assertEquals(1, next.one().send(null, waiter, message));
                inside.release();
            }
            next.one().release();
            inside = next.other();
        }
        Thread small = new Thread(null, inside::release, "small", 256 << 10);
        small.start();
        small.join();
        assertEquals(0, large.filesInFlight());
        assertEquals(0, large.bufferedBytes());
    }

    @Test
    void theNumberOfFilesInFlightIsLimited() {
        Network.Pair pair = pair(SOCK_STREAM);
        OpenFile[] hundred = new OpenFile[100];
        java.util.Arrays.fill(hundred, pair(SOCK_STREAM).one());
        for (int i = 0; i < 10; i++) {
            assertEquals(1, send(pair.one(), hundred));
        }
        assertEquals(-ETOOMANYREFS, send(pair.one(), hundred));
        assertEquals(1, send(pair.one()));
        close(pair.other());
        assertEquals(0, network.filesInFlight());
        assertEquals(1, hundred[0].references());
    }

    @Test
    void manyThreadsMoveStreamsUnchanged() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            Network.Pair pair = pair(SOCK_STREAM);
            int seed = i;
            threads.add(start(failures, () -> produce(pair.one(), seed)));
            threads.add(start(failures, () -> consume(pair.other(), seed)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertNothingLeft();
    }

    private static Thread start(List<Throwable> failures, Runnable body) {
        return Thread.ofVirtual().start(() -> {
            try {
                body.run();
            } catch (Throwable failure) {
                failures.add(failure);
            }
        });
    }

    private static final int TOTAL = 3_000_000;

    private static void produce(SocketFile to, int seed) {
        Waiter self = Waiter.uninterruptible();
        Random sizes = new Random(seed);
        Random content = new Random(seed);
        for (int done = 0; done < TOTAL; ) {
            byte[] bytes = new byte[Math.min(TOTAL - done, 1 + sizes.nextInt(1 << sizes.nextInt(19)))];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) content.nextInt();
            }
            assertEquals(bytes.length, to.write(self, MemorySegment.ofArray(bytes), 0, bytes.length));
            done += bytes.length;
        }
        close(to);
    }

    private static void consume(SocketFile from, int seed) {
        Waiter self = Waiter.uninterruptible();
        Random sizes = new Random(~seed);
        Random content = new Random(seed);
        byte[] bytes = new byte[1 << 19];
        int done = 0;
        while (true) {
            long count = from.read(self, MemorySegment.ofArray(bytes), 0, 1 + sizes.nextInt(1 << sizes.nextInt(19)));
            if (count <= 0) {
                assertEquals(0, count);
                break;
            }
            for (int i = 0; i < count; i++) {
                assertEquals((byte) content.nextInt(), bytes[i]);
            }
            done += (int) count;
        }
        assertEquals(TOTAL, done);
        close(from);
    }
}
