package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.process.TestSystem.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.util.concurrent.atomic.AtomicInteger;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Test;

/** Sending, blocking and receiving signals; stop and continue. */
class SignalTest {
    private static final SigAction HANDLER = new SigAction(100, 0, 0, 0);

    private static SigAction handler(int flags, int... blocked) {
        return new SigAction(100, flags, SignalSet.of(blocked), 0);
    }

    @Test
    void namesAndNumbersBelongTogether() {
        assertEquals("SIGTERM", Signal.name(15));
        assertEquals(SIGTERM, Signal.number("SIGTERM"));
        assertEquals(SIGTERM, Signal.number("TERM"));
        assertEquals(SIGTERM, Signal.number("15"));
        assertEquals(34, Signal.number("RTMIN+2"));
        assertEquals(-1, Signal.number("NONSENSE"));
        for (int signal = 1; signal <= SIGRTMAX; signal++) {
            assertEquals(signal, Signal.number(Signal.name(signal)));
        }
    }

    @Test
    void statusesSurviveEncoding() {
        for (WaitStatus status : new WaitStatus[] {
            WaitStatus.exited(0), WaitStatus.exited(255), WaitStatus.signaled(SIGKILL), WaitStatus.signaled(SIGSEGV),
            new WaitStatus.Stopped(SIGTSTP), new WaitStatus.Continued()
        }) {
            assertEquals(status, WaitStatus.decode(status.encode()));
        }
        assertEquals(0x0b, WaitStatus.signaled(SIGSEGV).encode());
        assertEquals(139, WaitStatus.signaled(SIGSEGV).shellStatus());
    }

    @Test
    void mostSignalsKillByDefaultAndSomeDoNothing() {
        try (var system = new TestSystem()) {
            for (int signal = 1; signal <= SIGRTMAX; signal++) {
                int sent = signal;
                WaitStatus expected = switch (Signal.defaultAction(signal)) {
                    case TERMINATE, CORE -> new WaitStatus.Signaled(signal, false);
                    default -> WaitStatus.exited(5);
                };
                if (Signal.defaultAction(signal) == DefaultAction.STOP) {
                    continue;
                }
                assertEquals(expected, system.run(self -> {
                    self.process().signal(sent);
                    self.checkpoint();
                    self.exit(WaitStatus.exited(5));
                }), Signal.name(signal));
            }
        }
    }

    @Test
    void aHandlerRunsWithItsSignalAndItsMaskBlocked() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                signals.setMask(SignalSet.of(SIGHUP));
                self.process().signals().setAction(SIGUSR1, handler(0, SIGUSR2, SIGKILL));
                assertEquals(0, system.kernel.kill(self.process(), self.pid(), SIGUSR1, null));
                Delivery delivery = signals.take();
                assertEquals(SIGUSR1, delivery.signal());
                assertEquals(100, delivery.action().handler());
                assertEquals(self.pid(), delivery.info().pid());
                assertEquals(SignalSet.of(SIGHUP, SIGUSR1, SIGUSR2), signals.mask(), "SIGKILL cannot be blocked");
                signals.setMask(delivery.oldMask());
                assertEquals(SignalSet.of(SIGHUP), signals.mask());
                assertNull(signals.take());
            });
        }
    }

    @Test
    void flagsSayWhetherAHandlerIsKeptAndItsSignalBlocked() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                self.process().signals().setAction(SIGUSR1, handler(SigAction.SA_NODEFER | SigAction.SA_RESTART));
                self.process().signal(SIGUSR1);
                Delivery delivery = signals.take();
                assertTrue(delivery.restarts());
                assertEquals(0, signals.mask());
                self.process().signals().setAction(SIGUSR2, handler(SigAction.SA_RESETHAND));
                self.process().signal(SIGUSR2);
                assertFalse(signals.take().restarts());
                assertEquals(SigAction.SIG_DFL, self.process().signals().action(SIGUSR2).handler());
            });
        }
    }

    @Test
    void aBlockedSignalWaitsOnceAndARealTimeSignalAsOftenAsItWasSent() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                self.process().signals().setAction(SIGUSR1, HANDLER);
                self.process().signals().setAction(40, handler(SigAction.SA_SIGINFO));
                assertEquals(0, signals.changeMask(TaskSignals.SIG_BLOCK, SignalSet.of(SIGUSR1, 40)));
                for (int i = 0; i < 3; i++) {
                    self.process().signal(SIGUSR1);
                    self.process().signals().send(SigInfo.queued(40, self.pid(), 0, i));
                }
                assertEquals(SignalSet.of(SIGUSR1, 40), signals.pending());
                assertFalse(signals.needsAttention());
                signals.changeMask(TaskSignals.SIG_UNBLOCK, SignalSet.of(SIGUSR1, 40));
                Delivery first = signals.take();
                assertEquals(SIGUSR1, first.signal(), "the lowest number first");
                signals.setMask(first.oldMask());
                for (int i = 0; i < 3; i++) {
                    Delivery queued = signals.take();
                    assertEquals(40, queued.signal());
                    assertEquals(i, queued.info().value());
                    signals.setMask(queued.oldMask());
                }
                assertNull(signals.take());
            });
        }
    }

    @Test
    void theQueueOfRealTimeSignalsIsLimited() {
        Limits limits = new Limits(100, 100, 100, Limits.UNLIMITED, Limits.UNLIMITED, 5);
        try (var system = new TestSystem(limits)) {
            system.run(self -> {
                self.signals().setMask(SignalSet.FULL);
                for (int i = 0; i < 5; i++) {
                    assertEquals(0, system.kernel.kill(self.process(), self.pid(), 50, null));
                }
                SigInfo queued = SigInfo.queued(50, self.pid(), 0, 1);
                assertEquals(-EAGAIN, system.kernel.kill(self.process(), self.pid(), 50, queued));
                // As on Linux, kill is told nothing of it: the signal waits anyway.
                assertEquals(0, system.kernel.kill(self.process(), self.pid(), 50, null));
                assertEquals(0, system.kernel.kill(self.process(), self.pid(), SIGTERM, null));
            });
        }
    }

    @Test
    void ignoringASignalThrowsAwayOneThatWaits() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                signals.setMask(SignalSet.of(SIGTERM, SIGCHLD));
                self.process().signal(SIGTERM);
                self.process().signal(SIGCHLD);
                assertEquals(SignalSet.of(SIGTERM, SIGCHLD), signals.pending());
                self.process().signals().setAction(SIGTERM, SigAction.IGNORE);
                self.process().signals().setAction(SIGCHLD, SigAction.DEFAULT);
                assertEquals(0, signals.pending());
                assertEquals(-EINVAL, self.process().signals().setAction(SIGKILL, SigAction.IGNORE));
                assertEquals(-EINVAL, self.process().signals().setAction(SIGSTOP, HANDLER));
                assertEquals(-EINVAL, self.process().signals().setAction(65, HANDLER));
                assertEquals(-EINVAL, self.process().signals().setAction(0, HANDLER));
            });
        }
    }

    @Test
    void aChildInheritsActionsAndMaskAndExecKeepsOnlyWhatIsIgnored() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                self.process().signals().setAction(SIGUSR1, HANDLER);
                self.process().signals().setAction(SIGCHLD, HANDLER);
                self.process().signals().setAction(SIGUSR2, SigAction.IGNORE);
                signals.setMask(SignalSet.of(SIGHUP, SIGUSR1));
                self.process().signal(SIGUSR1);
                Process child = spawn(self, p -> {
                    assertEquals(HANDLER, p.process().signals().action(SIGUSR1));
                    assertEquals(0, p.process().signals().pending());
                    p.process().execed("/bin/x", "/bin/x", java.util.List.of("x"));
                    assertEquals(SigAction.SIG_DFL, p.process().signals().action(SIGUSR1).handler());
                    assertEquals(SigAction.SIG_IGN, p.process().signals().action(SIGUSR2).handler());
                    assertEquals(SignalSet.of(SIGHUP, SIGUSR1), p.signals().mask());
                    p.signals().setMask(0);
                    p.process().signal(SIGCHLD);
                    assertFalse(p.signals().needsAttention());
                });
                assertEquals(WaitStatus.SUCCESS, waitFor(self, child));
            });
        }
    }

    @Test
    void sigsuspendWaitsUnderAnotherMaskAndRestoresTheOldOne() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                self.process().signals().setAction(SIGUSR1, handler(0, SIGUSR2));
                signals.setMask(SignalSet.of(SIGUSR1));
                Process sender = spawn(self, p -> {
                    untilAsleep(self.process());
                    system.kernel.kill(p.process(), self.pid(), SIGUSR1, null);
                });
                assertEquals(-EINTR, signals.suspend(SignalSet.of(SIGHUP)));
                Delivery delivery = signals.take();
                assertEquals(SignalSet.of(SIGHUP, SIGUSR1, SIGUSR2), signals.mask());
                assertEquals(SignalSet.of(SIGUSR1), delivery.oldMask());
                signals.setMask(delivery.oldMask());
                waitFor(self, sender);
            });
        }
    }

    @Test
    void sigtimedwaitAcceptsABlockedSignalOrGivesUp() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                SigInfo[] info = new SigInfo[1];
                long set = SignalSet.of(SIGUSR1, SIGCHLD);
                signals.setMask(set);
                assertEquals(-EAGAIN, signals.await(set, Deadline.after(0), info));
                Process sender = spawn(self, p -> {
                    untilAsleep(self.process());
                    system.kernel.kill(p.process(), self.pid(), SIGUSR1, SigInfo.queued(SIGUSR1, p.pid(), 0, 99));
                });
                assertEquals(SIGUSR1, signals.await(SignalSet.of(SIGUSR1), Deadline.NONE, info));
                assertEquals(99, info[0].value());
                assertEquals(SIGCHLD, signals.await(set, Deadline.NONE, info));
                assertEquals(sender.pid(), info[0].pid());
                assertEquals(SigInfo.CLD_EXITED, info[0].code());
                waitFor(self, sender);
                self.process().signals().setAction(SIGUSR2, HANDLER);
                self.process().signal(SIGUSR2);
                assertEquals(-EINTR, signals.await(set, Deadline.NONE, info));
            });
        }
    }

    @Test
    void everyBlockingCallIsInterrupted() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                self.process().signals().setAction(SIGUSR1, HANDLER);
                Pipe.Ends pipe = Pipe.open(0);
                Process child = self.fork();
                child.start(p -> {
                    assertEquals("error " + EINTR, read(p, pipe.reader()));
                    p.signals().setMask(p.signals().take().oldMask());
                    assertEquals(-EINTR, Deadline.sleep(p.waiter(), Deadline.NONE));
                    p.signals().setMask(p.signals().take().oldMask());
                    Poll poll = new Poll();
                    poll.add(pipe.reader(), 1);
                    assertEquals(-EINTR, poll.await(p.waiter(), Deadline.NONE));
                    p.signals().setMask(p.signals().take().oldMask());
                    assertEquals(-EINTR, p.signals().pause());
                    p.signals().setMask(p.signals().take().oldMask());
                    Process grandchild = spawn(p, TestSystem::pauseForever);
                    assertEquals(-EINTR, p.wait4(-1, 0, new ChildReport()));
                    grandchild.signal(SIGKILL);
                });
                while (!child.hasEnded()) {
                    child.signal(SIGUSR1);
                    Thread.yield();
                }
                assertEquals(WaitStatus.SUCCESS, waitFor(self, child));
            });
        }
    }

    @Test
    void aStoppedProcessWaitsToBeContinuedAndItsParentIsTold() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                AtomicInteger steps = new AtomicInteger();
                Process child = spawn(self, p -> {
                    while (true) {
                        p.checkpoint();
                        steps.incrementAndGet();
                        Thread.yield();
                    }
                });
                ChildReport report = new ChildReport();
                for (int round = 0; round < 20; round++) {
                    system.kernel.kill(self.process(), child.pid(), SIGSTOP, null);
                    assertEquals(child.pid(), self.wait4(-1, Process.WUNTRACED, report));
                    assertEquals(new WaitStatus.Stopped(SIGSTOP), report.status());
                    assertEquals(0, self.wait4(-1, Process.WUNTRACED | Process.WNOHANG, report), "told once");
                    int before = steps.get();
                    Thread.yield();
                    assertEquals(before, steps.get());
                    system.kernel.kill(self.process(), child.pid(), SIGCONT, null);
                    assertEquals(child.pid(), self.wait4(-1, Process.WCONTINUED, report));
                    assertEquals(new WaitStatus.Continued(), report.status());
                }
                system.kernel.kill(self.process(), child.pid(), SIGSTOP, null);
                self.wait4(-1, Process.WUNTRACED, report);
                system.kernel.kill(self.process(), child.pid(), SIGTERM, null);
                assertEquals(0, self.wait4(-1, Process.WNOHANG, report), "it is stopped, so it cannot die of that");
                system.kernel.kill(self.process(), child.pid(), SIGKILL, null);
                assertEquals(WaitStatus.signaled(SIGKILL), waitFor(self, child));
                assertEquals(0, system.kernel.stoppedCount.get());
            });
        }
    }

    @Test
    void continueAndStopCancelEachOther() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                signals.setMask(SignalSet.of(SIGTSTP, SIGCONT));
                self.process().signals().setAction(SIGCONT, HANDLER);
                self.process().signal(SIGTSTP);
                self.process().signal(SIGCONT);
                assertEquals(SignalSet.of(SIGCONT), signals.pending());
                self.process().signal(SIGTSTP);
                assertEquals(SignalSet.of(SIGTSTP), signals.pending());
            });
        }
    }

    @Test
    void aFaultCannotBeBlocked() {
        try (var system = new TestSystem()) {
            assertEquals(WaitStatus.signaled(SIGSEGV), system.run(self -> {
                self.process().signals().setAction(SIGSEGV, SigAction.IGNORE);
                self.signals().setMask(SignalSet.of(SIGSEGV));
                self.signals().force(SigInfo.fault(SIGSEGV, 1, 0xdead));
                self.signals().take();
            }));
        }
    }

    @Test
    void onlyTheSameUserOrRootMaySignal() {
        try (var system = new TestSystem()) {
            Process alice = system.process(1000);
            Process bob = system.process(1001);
            Process root = system.process(0);
            Kernel kernel = system.kernel;
            assertEquals(-EPERM, kernel.kill(alice, bob.pid(), SIGTERM, null));
            assertEquals(-EPERM, kernel.kill(alice, root.pid(), 0, null));
            assertEquals(0, kernel.kill(alice, alice.pid(), 0, null));
            assertEquals(0, kernel.kill(root, alice.pid(), SIGWINCH, null));
            assertEquals(-EINVAL, kernel.kill(alice, bob.pid(), 65, null));
            assertEquals(-ESRCH, kernel.kill(alice, 30_000, 0, null));
            assertEquals(-EPERM, kernel.kill(alice, bob.pid(), SIGCONT, null), "another session");
            Process child = alice.main().fork();
            child.fs().setCredentials(Credentials.of(1001, 1001));
            assertEquals(0, kernel.kill(alice, child.pid(), SIGCONT, null), "the same session");
            assertEquals(-EPERM, kernel.kill(alice, child.pid(), SIGTERM, null));
            assertEquals(0, kernel.kill(alice, -alice.group().id(), SIGWINCH, null), "one of them is enough");
            assertEquals(-ESRCH, kernel.kill(alice, -30_000, 0, null));
            for (Process process : new Process[] {child, alice, bob, root}) {
                process.discard();
            }
        }
    }

    @Test
    void killingEverythingSparesTheCallerAndInit() {
        try (var system = new TestSystem()) {
            Process bystander = system.process(0);
            bystander.start(TestSystem::pauseForever);
            system.run(self -> {
                Process child = spawn(self, TestSystem::pauseForever);
                assertEquals(0, system.kernel.kill(self.process(), -1, SIGTERM, null));
                assertEquals(WaitStatus.signaled(SIGTERM), waitFor(self, child));
                assertFalse(system.kernel.init().hasEnded());
            });
            assertEquals(WaitStatus.signaled(SIGTERM), system.await(bystander));
        }
    }

    @Test
    void alarmRingsOnceAndTheIntervalTimerAgainAndAgain() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                TaskSignals signals = self.signals();
                self.process().signals().setAction(SIGALRM, HANDLER);
                assertEquals(0, self.process().timers().alarm(100));
                int left = self.process().timers().alarm(0);
                assertTrue(left == 100 || left == 99, "left: " + left);
                self.process().timers().set(Timers.ITIMER_REAL, 1_000_000, 1_000_000);
                for (int i = 0; i < 3; i++) {
                    assertEquals(-EINTR, signals.pause());
                    Delivery delivery = signals.take();
                    assertEquals(SIGALRM, delivery.signal());
                    signals.setMask(delivery.oldMask());
                }
                Timers.Setting old = self.process().timers().set(Timers.ITIMER_REAL, 0, 0);
                assertEquals(1_000_000, old.interval());
                assertEquals(Timers.Setting.OFF, self.process().timers().get(Timers.ITIMER_REAL));
            });
            assertEquals(WaitStatus.signaled(SIGALRM), system.run(self -> {
                self.process().timers().set(Timers.ITIMER_REAL, 1_000_000, 0);
                pauseForever(self);
            }));
        }
    }
}
