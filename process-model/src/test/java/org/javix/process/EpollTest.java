package org.javix.process;

import static org.javix.vfs.PollEvents.POLLIN;
import static org.junit.jupiter.api.Assertions.*;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** epoll: many files, many threads, and what is left when all is closed. */
@Timeout(60)
class EpollTest {
    private static final MemorySegment BYTE = MemorySegment.ofArray(new byte[1]);

    private final AtomicInteger watches = new AtomicInteger();
    private final Waiter waiter = Waiter.uninterruptible();

    private Epoll epoll() {
        return new Epoll(watches, 20_000);
    }

    @Test
    void waitingTakesNoLongerForManyFilesThanForFew() {
        Epoll epoll = epoll();
        List<Pipe.Ends> pipes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Pipe.Ends pipe = Pipe.open(0);
            pipes.add(pipe);
            assertEquals(0, epoll.add(i, pipe.reader(), POLLIN, i));
        }
        // 100,000 times asking 10,000 files would take minutes.
        for (int i = 0; i < 100_000; i++) {
            int which = (int) (i * 7919L % 10_000);
            assertEquals(1, pipes.get(which).writer().write(waiter, BYTE, 0, 1));
            long[] told = {-1};
            assertEquals(1, epoll.await(waiter, 10, Deadline.NONE, (events, data) -> told[0] = data));
            assertEquals(which, told[0]);
            assertEquals(1, pipes.get(which).reader().read(waiter, BYTE, 0, 1));
        }
        assertEquals(10_000, watches.get());
        for (Pipe.Ends pipe : pipes) {
            pipe.reader().release();
            pipe.writer().release();
        }
        assertEquals(0, watches.get());
        epoll.release();
    }

    @Test
    void closingGivesUpWhatWasWatched() {
        Epoll epoll = epoll();
        Pipe.Ends pipe = Pipe.open(0);
        assertEquals(0, epoll.add(1, pipe.reader(), POLLIN, 0));
        assertEquals(0, epoll.add(2, pipe.reader(), POLLIN, 0));
        epoll.release();
        assertEquals(0, watches.get());
        assertEquals(1, pipe.writer().write(waiter, BYTE, 0, 1));
    }

    @Test
    void noByteIsOverlookedByManyThreads() throws InterruptedException {
        int threads = 8;
        int perThread = 20_000;
        Epoll epoll = epoll();
        AtomicInteger seen = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Pipe.Ends pipe = Pipe.open(0);
            epoll.add(i, pipe.reader(), POLLIN | Epoll.EPOLLONESHOT, i);
            int fd = i;
            all.add(Thread.ofVirtual().start(() -> {
                Waiter self = Waiter.uninterruptible();
                for (int n = 0; n < perThread; n++) {
                    pipe.writer().write(self, BYTE, 0, 1);
                }
            }));
            all.add(Thread.ofVirtual().start(() -> {
                Waiter self = Waiter.uninterruptible();
                MemorySegment buffer = MemorySegment.ofArray(new byte[100]);
                while (seen.get() < threads * perThread) {
                    epoll.await(self, 1, Deadline.after(10_000_000), (events, data) -> {
                        assertEquals(POLLIN, events);
                    });
                    // One thread for each pipe reads; whoever is told arms it again for all.
                    if ((pipe.reader().poll() & POLLIN) != 0) {
                        seen.addAndGet((int) pipe.reader().read(self, buffer, 0, 100));
                    }
                    epoll.modify(fd, pipe.reader(), POLLIN | Epoll.EPOLLONESHOT, fd);
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertEquals(threads * perThread, seen.get());
        epoll.release();
        assertEquals(0, watches.get());
    }
}
