package org.javix.process;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.javix.vfs.Waiter;

/** Measures processes and pipes without a guest: a main class to run by hand. */
final class ProcessBenchmark {
    private ProcessBenchmark() {}

    public static void main(String[] args) {
        for (int round = 0; round < 5; round++) {
            try (TestSystem system = new TestSystem()) {
                system.run(ProcessBenchmark::forks);
                system.run(ProcessBenchmark::roundTrips);
                system.run(ProcessBenchmark::bandwidth);
                system.run(ProcessBenchmark::crowd);
            }
        }
    }

    private static void forks(Task self) {
        int count = 50_000;
        ChildReport report = new ChildReport();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Process child = self.fork();
            child.start(p -> {});
            self.wait4(child.pid(), 0, report);
        }
        print("fork+exit+wait", "µs", (System.nanoTime() - start) / 1e3 / count);
        start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            self.fork().discard();
        }
        print("fork+discard", "µs", (System.nanoTime() - start) / 1e3 / count);
    }

    private static void roundTrips(Task self) {
        int count = 100_000;
        Pipe.Ends there = Pipe.open(0);
        Pipe.Ends back = Pipe.open(0);
        Process child = self.fork();
        child.start(p -> echo(p.waiter(), there.reader(), back.writer()));
        MemorySegment buffer = MemorySegment.ofArray(new byte[1]);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            there.writer().write(self.waiter(), buffer, 0, 1);
            back.reader().read(self.waiter(), buffer, 0, 1);
        }
        print("1-byte round trip", "µs", (System.nanoTime() - start) / 1e3 / count);
        there.writer().release();
        self.wait4(child.pid(), 0, new ChildReport());
    }

    private static void echo(Waiter waiter, PipeEnd in, PipeEnd out) {
        MemorySegment buffer = MemorySegment.ofArray(new byte[1]);
        while (in.read(waiter, buffer, 0, 1) > 0) {
            out.write(waiter, buffer, 0, 1);
        }
    }

    private static void bandwidth(Task self) {
        long total = 4L << 30;
        for (int chunk : new int[] {4096, 65_536, 1 << 20}) {
            Pipe.Ends ends = Pipe.open(0);
            Process child = self.fork();
            child.start(p -> {
                MemorySegment buffer = MemorySegment.ofArray(new byte[chunk]);
                for (long left = total; left > 0; left -= chunk) {
                    ends.writer().write(p.waiter(), buffer, 0, chunk);
                }
                ends.writer().release();
            });
            MemorySegment buffer = MemorySegment.ofArray(new byte[chunk]);
            long start = System.nanoTime();
            long read = 0;
            long calls = 0;
            for (long n; (n = ends.reader().read(self.waiter(), buffer, 0, chunk)) > 0; read += n) {
                calls++;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            print("bandwidth, " + chunk + " bytes, " + read / calls + " per read", "GB/s", read / 1e9 / seconds);
            self.wait4(child.pid(), 0, new ChildReport());
        }
    }

    /** Many processes, each blocked in a pipe. */
    private static void crowd(Task self) {
        int count = 10_000;
        long before = usedHeap();
        Pipe.Ends pipe = Pipe.open(0);
        for (int i = 0; i < count; i++) {
            self.fork().start(p -> pipe.reader().read(p.waiter(), MemorySegment.ofArray(new byte[1]), 0, 1));
        }
        while (Deadline.sleep(self.waiter(), Deadline.after(200_000_000)) != 0) {
            self.checkpoint();
        }
        print("memory of a process blocked in a pipe", "bytes", (double) (usedHeap() - before) / count);
        long start = System.nanoTime();
        pipe.writer().release();
        while (self.wait4(-1, 0, new ChildReport()) > 0) {}
        print("its wake-up, exit and wait", "µs", (System.nanoTime() - start) / 1e3 / count);
        pipe.reader().release();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(String what, String unit, double value) {
        System.out.println(String.format(Locale.ROOT, "%-50s %8.2f %s", what, value, unit));
    }
}
