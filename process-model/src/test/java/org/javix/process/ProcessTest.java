package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.process.TestSystem.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;

/** Birth, death and waiting. */
class ProcessTest {
    @Test
    void aProcessEndsWithItsExitCode() {
        try (var system = new TestSystem()) {
            assertEquals(WaitStatus.exited(0), system.run(self -> {}));
            assertEquals(WaitStatus.exited(7), system.run(self -> self.exit(WaitStatus.exited(7))));
            assertEquals(0x700, WaitStatus.exited(7).encode());
            assertEquals(WaitStatus.exited(255), system.run(self -> self.exit(WaitStatus.exited(-1))));
        }
    }

    @Test
    void aParentLearnsHowEachChildEnded() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process exits = spawn(self, child -> child.exit(WaitStatus.exited(42)));
                Process dies = spawn(self, TestSystem::pauseForever);
                system.kernel.kill(self.process(), dies.pid(), SIGTERM, null);
                assertEquals(WaitStatus.signaled(SIGTERM), waitFor(self, dies));
                assertEquals(new WaitStatus.Exited(42), waitFor(self, exits));
                assertEquals(-ECHILD, self.wait4(-1, 0, new ChildReport()));
            });
        }
    }

    @Test
    void waitingWithoutHangingSeesAChildOnlyWhenItHasEnded() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process child = spawn(self, TestSystem::pauseForever);
                ChildReport report = new ChildReport();
                assertEquals(0, self.wait4(-1, Process.WNOHANG, report));
                system.kernel.kill(self.process(), child.pid(), SIGKILL, null);
                while (self.wait4(-1, Process.WNOHANG, report) == 0) {
                    Thread.yield();
                }
                assertEquals(child.pid(), report.pid());
                assertEquals(WaitStatus.signaled(SIGKILL), report.status());
            });
        }
    }

    @Test
    void waitidCanLookWithoutTaking() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process child = spawn(self, p -> p.exit(WaitStatus.exited(3)));
                ChildReport report = new ChildReport();
                for (int i = 0; i < 3; i++) {
                    assertEquals(0, self.waitid(Process.P_ALL, 0, Process.WEXITED | Process.WNOWAIT, report));
                    assertEquals(child.pid(), report.pid());
                }
                assertEquals(WaitStatus.exited(3), waitFor(self, child));
                assertEquals(-EINVAL, self.waitid(Process.P_ALL, 0, 0, report));
                assertEquals(-EINVAL, self.waitid(Process.P_PID, 0, Process.WEXITED, report));
            });
        }
    }

    @Test
    void aZombieKeepsItsPidUntilItIsWaitedFor() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process child = spawn(self, p -> {});
                self.waitid(Process.P_PID, child.pid(), Process.WEXITED | Process.WNOWAIT, new ChildReport());
                assertTrue(child.hasEnded());
                assertEquals(0, system.kernel.kill(self.process(), child.pid(), SIGTERM, null), "a zombie can be signalled");
                assertSame(child, system.kernel.process(child.pid()));
                waitFor(self, child);
                assertNull(system.kernel.process(child.pid()));
                assertEquals(-ESRCH, system.kernel.kill(self.process(), child.pid(), 0, null));
            });
        }
    }

    @Test
    void anOrphanGetsInitAsItsParentAndLeavesNoZombie() {
        try (var system = new TestSystem()) {
            List<Process> orphans = new ArrayList<>();
            AtomicInteger ppid = new AtomicInteger();
            system.run(self -> {
                Process middle = spawn(self, p -> {
                    orphans.add(spawn(p, orphan -> {
                        while (orphan.process().ppid() == p.pid()) {
                            Thread.yield();
                        }
                        ppid.set(orphan.process().ppid());
                    }));
                });
                waitFor(self, middle);
                assertEquals(-ECHILD, self.wait4(-1, 0, new ChildReport()), "an orphan is not ours");
            });
            system.await(orphans.getFirst());
            assertEquals(1, ppid.get());
            while (system.kernel.process(orphans.getFirst().pid()) != null) {
                Thread.yield();
            }
        }
    }

    @Test
    void childrenVanishWhenSigchldIsIgnored() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                self.process().signals().setAction(SIGCHLD, SigAction.IGNORE);
                Process first = spawn(self, p -> {});
                Process second = spawn(self, p -> {});
                assertEquals(-ECHILD, self.wait4(-1, 0, new ChildReport()), "waits for all, then finds none");
                assertTrue(first.hasEnded() && second.hasEnded());
            });
        }
    }

    @Test
    void waitChoosesByPidAndByGroup() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process same = spawn(self, p -> {});
                Process other = self.fork();
                assertEquals(0, self.process().setpgid(other.pid(), 0));
                other.start(p -> {});
                ChildReport report = new ChildReport();
                assertEquals(other.pid(), self.wait4(-other.pid(), 0, report));
                assertEquals(-ECHILD, self.wait4(-other.pid(), 0, report));
                assertEquals(same.pid(), self.wait4(0, 0, report));
                assertEquals(-ECHILD, self.wait4(0, 0, report));
                assertEquals(-ECHILD, self.wait4(1, 0, report), "init is not a child");
                assertEquals(-EINVAL, self.wait4(-1, 0x40, report));
            });
        }
    }

    @Test
    void twoHundredChildrenLiveAtOnce() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Pipe.Ends go = Pipe.open(0);
                List<Integer> pids = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    int code = i;
                    pids.add(spawn(self, p -> {
                        read(p, go.reader());
                        p.exit(WaitStatus.exited(code));
                    }).pid());
                }
                assertEquals(pids, pids(self.process().children()));
                go.writer().release();
                ChildReport report = new ChildReport();
                for (int i = 0; i < 200; i++) {
                    int pid = self.wait4(-1, 0, report);
                    assertEquals(WaitStatus.exited(pids.indexOf(pid)), report.status());
                }
                go.reader().release();
            });
        }
    }

    @Test
    void manyParentsForkAndWaitSideBySide() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                List<Process> parents = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    parents.add(spawn(self, parent -> {
                        for (int n = 0; n < 500; n++) {
                            int code = n;
                            assertEquals(
                                    WaitStatus.exited(code),
                                    waitFor(parent, spawn(parent, p -> p.exit(WaitStatus.exited(code)))));
                        }
                    }));
                }
                parents.forEach(parent -> assertEquals(WaitStatus.SUCCESS, waitFor(self, parent)));
            });
        }
    }

    @Test
    void aVforkParentGoesOnWhenTheChildHasExecedOrEnded() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                AtomicBoolean execed = new AtomicBoolean();
                Process child = self.fork();
                self.startAndAwaitExec(child, p -> {
                    execed.set(true);
                    p.process().execed("/bin/sleep", "/bin/sleep", List.of("sleep", "1000"));
                    pauseForever(p);
                });
                assertTrue(execed.get());
                assertEquals("sleep", child.name());
                assertFalse(child.hasEnded());
                child.signal(SIGTERM);
                waitFor(self, child);

                Process fails = self.fork();
                self.startAndAwaitExec(fails, p -> p.exit(WaitStatus.exited(127)));
                assertEquals(WaitStatus.exited(127), waitFor(self, fails));
            });
        }
    }

    @Test
    void aDiscardedChildLeavesNoTrace() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process child = self.fork();
                child.discard();
                assertNull(system.kernel.process(child.pid()));
                assertEquals(-ECHILD, self.wait4(-1, 0, new ChildReport()));
                assertEquals(0, self.process().signals().pending());
                assertThrows(IllegalStateException.class, () -> child.start(p -> {}));
            });
        }
    }

    @Test
    void forkFailsWhenThereAreTooManyProcesses() {
        try (var system = new TestSystem(Limits.DEFAULT.withProcesses(10))) {
            system.run(self -> {
                int made = 0;
                while (self.fork() != null) {
                    made++;
                }
                assertEquals(9, made, "the limit counts this process");
                self.process().children().forEach(Process::discard);
                assertNotNull(self.fork(), "they can be made again");
            });
        }
    }

    @Test
    void aProcessThatFailsInJavaDiesOfAbortAndOthersLive() {
        Throwable[] seen = new Throwable[1];
        try (var system = new TestSystem()) {
            system.kernel.setFailureHandler((process, thrown) -> seen[0] = thrown);
            system.run(self -> {
                Process child = spawn(self, p -> {
                    throw new IllegalStateException("a bug");
                });
                assertEquals(new WaitStatus.Signaled(SIGABRT, false), waitFor(self, child));
            });
            assertEquals("a bug", seen[0].getMessage());
        }
    }

    @Test
    void runningOutOfStackIsASegmentationFault() {
        try (var system = new TestSystem()) {
            // Thrown by hand: filling 512 MiB of stack takes longer than everything else here.
            assertEquals(WaitStatus.signaled(SIGSEGV), system.run(self -> {
                throw new StackOverflowError();
            }));
        }
    }

    @Test
    void closingTheSystemEndsEveryProcessAndThread() {
        var system = new TestSystem();
        Process parent = system.process(0);
        List<Thread> threads = new ArrayList<>();
        AtomicInteger running = new AtomicInteger();
        parent.start(self -> {
            for (int i = 0; i < 50; i++) {
                Process sleeper = spawn(self, p -> {
                    running.incrementAndGet();
                    pauseForever(p);
                });
                Process computes = spawn(self, p -> {
                    AtomicBoolean poll = new AtomicBoolean();
                    p.setAttention(() -> poll.set(true));
                    running.incrementAndGet();
                    while (true) {
                        if (poll.getAndSet(false)) {
                            p.checkpoint();
                        }
                    }
                });
                synchronized (threads) {
                    threads.add(sleeper.main().waiter().thread());
                    threads.add(computes.main().waiter().thread());
                }
            }
            pauseForever(self);
        });
        while (running.get() < 100) {
            Thread.yield();
        }
        system.close();
        synchronized (threads) {
            for (Thread thread : threads) {
                assertDoesNotThrow(() -> thread.join());
            }
        }
        assertNull(system.kernel.newProcess(parent.fs().fork(), parent.files().fork()), "it is closed");
    }

    @Test
    void manySystemsLeaveNothingBehind() {
        for (int i = 0; i < 200; i++) {
            try (var system = new TestSystem()) {
                system.run(self -> {
                    spawn(self, TestSystem::pauseForever);
                    Pipe.Ends pipe = Pipe.open(0);
                    spawn(self, p -> read(p, pipe.reader()));
                    self.process().timers().alarm(1000);
                });
            }
        }
        long left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("javix-"))
                .count();
        assertEquals(0, left);
    }

    @Test
    void thePassingOfAllowedTimeKillsEverything() {
        try (var system = new TestSystem(Limits.DEFAULT.withWallNanos(50_000_000))) {
            assertEquals(WaitStatus.signaled(SIGKILL), system.run(TestSystem::pauseForever));
            assertEquals(Kernel.Exceeded.WALL, system.kernel.exceeded());
        }
    }

    @Test
    void usingUpTheAllowedCpuTimeKillsEverything() {
        try (var system = new TestSystem(Limits.DEFAULT.withCpuNanos(50_000_000))) {
            Process sleeper = system.process(0);
            sleeper.start(TestSystem::pauseForever);
            assertEquals(WaitStatus.signaled(SIGKILL), system.run(ProcessTest::compute));
            assertEquals(WaitStatus.signaled(SIGKILL), system.await(sleeper));
            assertEquals(Kernel.Exceeded.CPU, system.kernel.exceeded());
        }
    }

    @Test
    void aProcessCanBeWarnedOfItsCpuTime() {
        try (var system = new TestSystem()) {
            Process process = system.process(0);
            assertEquals(0, process.setRlimit(Rlimit.CPU, 1, 60));
            assertEquals(new WaitStatus.Signaled(SIGXCPU, false), system.run(process, ProcessTest::compute));
            assertTrue(process.cpuNanos() >= 1_000_000_000);
        }
    }

    private static void compute(Task self) {
        AtomicBoolean poll = new AtomicBoolean();
        self.setAttention(() -> poll.set(true));
        while (true) {
            if (poll.getAndSet(false)) {
                self.checkpoint();
            }
        }
    }

    @Test
    void manyThatComputeLetOthersRun() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                List<Process> hogs = new ArrayList<>();
                for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 2; i++) {
                    hogs.add(spawn(self, ProcessTest::compute));
                }
                for (int i = 0; i < 5; i++) {
                    assertEquals(0, Deadline.sleep(self.waiter(), Deadline.after(1_000_000)));
                }
                hogs.forEach(hog -> hog.signal(SIGKILL));
                hogs.forEach(hog -> assertEquals(WaitStatus.signaled(SIGKILL), waitFor(self, hog)));
            });
        }
    }

    @Test
    void onlyThePrivilegedRaiseHardLimits() {
        try (var system = new TestSystem()) {
            Process user = system.process(1000);
            assertEquals(0, user.setRlimit(Rlimit.NOFILE, 10, 20));
            assertEquals(10, user.files().limit());
            assertEquals(0, user.setRlimit(Rlimit.NOFILE, 20, 20));
            assertEquals(-EPERM, user.setRlimit(Rlimit.NOFILE, 20, 21));
            assertEquals(-EINVAL, user.setRlimit(Rlimit.NOFILE, 20, 19));
            assertEquals(-EINVAL, user.setRlimit(99, 1, 1));
            user.fs().setCredentials(Credentials.ROOT);
            assertEquals(0, user.setRlimit(Rlimit.NOFILE, 20, 21));
            assertEquals(-EPERM, user.setRlimit(Rlimit.NOFILE, 20, Integer.MAX_VALUE), "the sandbox's own limit");
        }
    }
}
