package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.process.TestSystem.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Processes with several threads. */
class TaskTest {
    private static final SigAction HANDLER = new SigAction(100, 0, 0, 0);

    private static Task start(Task self, Program program) {
        Task task = self.newTask();
        task.start(program);
        return task;
    }

    private static void untilAsleep(Task task) {
        while (task.waiter() == null || task.waiter().thread().getState() != Thread.State.WAITING) {
            Thread.yield();
        }
    }

    private static void sleepForever(Task self) {
        while (true) {
            self.signals().pause();
            self.signals().take();
        }
    }

    @Test
    void aThreadHasItsOwnNumberAndItsCreatorsMask() {
        try (var system = new TestSystem()) {
            AtomicReference<String> seen = new AtomicReference<>();
            system.run(self -> {
                self.signals().setMask(SignalSet.of(SIGHUP));
                Task other = start(self, task -> {
                    seen.set(task.signals().mask() + " " + (task.tid() != self.pid()) + " " + (task.pid() == self.pid()));
                    sleepForever(task);
                });
                untilAsleep(other);
                assertSame(other, system.kernel.task(other.tid()));
                assertNull(system.kernel.process(other.tid()));
                assertEquals(2, self.process().taskCount());
                self.exitGroup(WaitStatus.SUCCESS);
            });
            assertEquals("1 true true", seen.get());
        }
    }

    @Test
    void theProcessEndsWithItsLastThread() {
        try (var system = new TestSystem()) {
            CountDownLatch go = new CountDownLatch(1);
            Process process = system.process(0);
            process.start(self -> {
                start(self, task -> {
                    while (go.getCount() > 0) {
                        Thread.yield();
                    }
                    task.exit(WaitStatus.exited(4));
                });
                self.exit(WaitStatus.exited(3));
            });
            while (process.taskCount() != 1 || process.main() == process.task(process.pid())) {
                Thread.yield();
            }
            assertFalse(process.hasEnded());
            assertEquals('Z', ProcStatus.state(process.main()));
            go.countDown();
            assertEquals(WaitStatus.exited(3), system.await(process), "the status of the first thread");
        }
    }

    @Test
    void exitGroupAndSignalsEndAllThreads() {
        try (var system = new TestSystem()) {
            assertEquals(WaitStatus.exited(9), system.run(self -> {
                Task sleeper = start(self, TaskTest::sleepForever);
                untilAsleep(sleeper);
                self.exitGroup(WaitStatus.exited(9));
            }));
            assertEquals(WaitStatus.exited(8), system.run(self -> {
                start(self, task -> task.exitGroup(WaitStatus.exited(8)));
                sleepForever(self);
            }));
            assertEquals(WaitStatus.signaled(SIGTERM), system.run(self -> {
                Task sleeper = start(self, TaskTest::sleepForever);
                untilAsleep(sleeper);
                self.process().signal(SIGTERM);
                sleepForever(self);
            }));
        }
    }

    @Test
    void aSignalOfTheProcessGoesToAThreadThatDoesNotBlockIt() {
        try (var system = new TestSystem()) {
            AtomicInteger handled = new AtomicInteger();
            system.run(self -> {
                self.process().signals().setAction(SIGUSR1, HANDLER);
                Task open = start(self, task -> {
                    task.signals().pause();
                    handled.set(task.signals().take().signal());
                    sleepForever(task);
                });
                untilAsleep(open);
                self.signals().setMask(SignalSet.of(SIGUSR1));
                self.process().signal(SIGUSR1);
                while (handled.get() == 0) {
                    Thread.yield();
                }
                assertEquals(SIGUSR1, handled.get());
                assertFalse(self.signals().needsAttention());
                self.exitGroup(WaitStatus.SUCCESS);
            });
        }
    }

    @Test
    void aSignalThatAllBlockGoesToTheFirstWhoUnblocksOrAwaitsIt() {
        try (var system = new TestSystem()) {
            AtomicInteger accepted = new AtomicInteger();
            system.run(self -> {
                long usr1 = SignalSet.of(SIGUSR1);
                self.signals().setMask(usr1);
                self.process().signal(SIGUSR1);
                assertEquals(usr1, self.signals().pending());
                start(self, task -> {
                    assertEquals(usr1, task.signals().pending(), "it waits for every thread");
                    accepted.set(task.signals().await(usr1, Deadline.NONE, new SigInfo[1]));
                    accepted.addAndGet(100 * task.signals().await(usr1, Deadline.NONE, new SigInfo[1]));
                });
                while (accepted.get() == 0) {
                    Thread.yield();
                }
                self.process().signal(SIGUSR1);
                while (accepted.get() < 100) {
                    Thread.yield();
                }
                assertEquals(101 * SIGUSR1, accepted.get());
                assertEquals(0, self.signals().pending());
            });
        }
    }

    @Test
    void aThreadThatBlocksASignalLeavesItToOthers() {
        try (var system = new TestSystem()) {
            AtomicInteger handled = new AtomicInteger();
            system.run(self -> {
                self.process().signals().setAction(SIGUSR1, HANDLER);
                Task other = start(self, task -> {
                    task.signals().pause();
                    handled.set(task.signals().take().signal());
                });
                untilAsleep(other);
                // The first thread is told, since it blocks nothing either, but then does not want it.
                self.process().signal(SIGUSR1);
                self.signals().setMask(SignalSet.of(SIGUSR1));
                while (handled.get() == 0) {
                    Thread.yield();
                }
            });
            assertEquals(SIGUSR1, handled.get());
        }
    }

    @Test
    void aSignalOfAThreadIsItsOwn() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                self.process().signals().setAction(SIGUSR1, HANDLER);
                Task other = start(self, TaskTest::sleepForever);
                untilAsleep(other);
                other.signals().send(SigInfo.user(SIGUSR1, self.pid(), 0));
                assertEquals(0, system.kernel.tgkill(self.process(), self.pid(), other.tid(), 0, null));
                assertEquals(-ESRCH, system.kernel.tgkill(self.process(), 1, other.tid(), 0, null));
                assertFalse(self.signals().needsAttention());
                assertEquals(0, self.process().signals().pending());
                self.exitGroup(WaitStatus.SUCCESS);
            });
        }
    }

    @Test
    void aStopHoldsAllThreadsAndIsToldOnce() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                AtomicInteger counted = new AtomicInteger();
                Process child = spawn(self, main -> {
                    start(main, task -> {
                        while (true) {
                            counted.incrementAndGet();
                            task.checkpoint();
                            Thread.yield();
                        }
                    });
                    sleepForever(main);
                });
                while (counted.get() == 0) {
                    Thread.yield();
                }
                child.signal(SIGSTOP);
                ChildReport report = new ChildReport();
                assertEquals(child.pid(), self.wait4(-1, Process.WUNTRACED, report));
                assertEquals(new WaitStatus.Stopped(SIGSTOP), report.status());
                int before = counted.get();
                Deadline.sleep(self.waiter(), Deadline.after(20_000_000));
                assertEquals(before, counted.get());
                assertEquals(0, self.wait4(-1, Process.WUNTRACED | Process.WNOHANG, report));
                child.signal(SIGCONT);
                assertEquals(child.pid(), self.wait4(-1, Process.WCONTINUED, report));
                while (counted.get() == before) {
                    Thread.yield();
                }
                child.signal(SIGSTOP);
                assertEquals(child.pid(), self.wait4(-1, Process.WUNTRACED, report));
                child.signal(SIGKILL);
                assertEquals(WaitStatus.signaled(SIGKILL), waitFor(self, child));
            });
        }
    }

    @Test
    void execLeavesTheCallerWithTheNumberOfTheProcess() {
        try (var system = new TestSystem()) {
            assertEquals(WaitStatus.exited(6), system.run(self -> {
                start(self, TaskTest::sleepForever);
                start(self, task -> {
                    int before = task.tid();
                    task.endOthers();
                    assertEquals(task.pid(), task.tid());
                    assertEquals(1, task.process().taskCount());
                    assertSame(task, task.process().main());
                    assertNull(system.kernel.task(before));
                    task.exitGroup(WaitStatus.exited(6));
                });
                sleepForever(self);
            }));
        }
    }

    @Test
    void aForkHasOneThreadLikeItsCaller() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Task task = start(self, other -> {
                    other.signals().setMask(SignalSet.of(SIGUSR2));
                    Process child = spawn(other, p -> {
                        assertEquals(1, p.process().taskCount());
                        assertEquals(p.pid(), p.tid());
                        assertEquals(SignalSet.of(SIGUSR2), p.signals().mask());
                    });
                    assertEquals(WaitStatus.SUCCESS, waitFor(other, child));
                });
                while (self.process().task(task.tid()) != null) {
                    Thread.yield();
                }
            });
        }
    }

    @Test
    void threadsCountAsProcesses() {
        try (var system = new TestSystem(Limits.DEFAULT.withProcesses(4))) {
            system.run(self -> {
                List<Task> tasks = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    tasks.add(self.newTask());
                }
                assertNull(self.newTask());
                assertNull(self.fork());
                tasks.removeFirst().discard();
                assertEquals(3, self.process().taskCount());
                Process child = self.fork();
                assertNotNull(child);
                child.discard();
                tasks.forEach(Task::discard);
                assertEquals(1, self.process().taskCount());
            });
        }
    }
}
