package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.process.TestSystem.*;
import static org.javix.vfs.Errno.*;
import static org.junit.jupiter.api.Assertions.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Process groups and sessions. */
class JobControlTest {
    @Test
    void aNewSessionIsLedByItsFounder() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                assertEquals(self.pid(), self.process().getsid(0));
                assertEquals(self.pid(), self.process().getpgid(0));
                assertEquals(-EPERM, self.process().setsid(), "it leads a group already");
                Process child = spawn(self, p -> {
                    assertEquals(self.pid(), p.process().getsid(0));
                    assertEquals(p.pid(), p.process().setsid());
                    assertEquals(p.pid(), p.process().getpgid(0));
                    assertEquals(-EPERM, p.process().setpgid(0, 0), "a session's leader stays");
                });
                assertEquals(WaitStatus.SUCCESS, waitFor(self, child));
                assertEquals(-ESRCH, self.process().getsid(child.pid()));
            });
        }
    }

    @Test
    void aParentMovesItsChildrenUntilTheyExec() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                Process first = self.fork();
                Process second = self.fork();
                assertEquals(0, self.process().setpgid(first.pid(), 0));
                assertEquals(0, self.process().setpgid(first.pid(), first.pid()), "again");
                assertEquals(0, self.process().setpgid(second.pid(), first.pid()));
                assertEquals(List.of(first, second), system.kernel.group(first.pid()).members());
                assertEquals(-EPERM, self.process().setpgid(second.pid(), 29_999), "no such group");
                assertEquals(-EINVAL, self.process().setpgid(second.pid(), -1));
                assertEquals(-ESRCH, self.process().setpgid(1, 0), "not a child");
                second.execed("/bin/x", "/bin/x", List.of("x"));
                assertEquals(-EACCES, self.process().setpgid(second.pid(), self.pid()));
                assertEquals(0, second.setpgid(0, self.pid()), "it may move itself");
                first.discard();
                assertNull(system.kernel.group(first.pid()), "an empty group is no more");
                second.discard();
            });
        }
    }

    @Test
    void aGroupIsSignalledAsAWhole() {
        try (var system = new TestSystem()) {
            system.run(self -> {
                List<Process> job = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    Process child = self.fork();
                    assertEquals(0, self.process().setpgid(child.pid(), i == 0 ? 0 : job.getFirst().pid()));
                    child.start(TestSystem::pauseForever);
                    job.add(child);
                }
                assertEquals(0, system.kernel.kill(self.process(), -job.getFirst().pid(), SIGINT, null));
                job.forEach(member -> assertEquals(WaitStatus.signaled(SIGINT), waitFor(self, member)));
            });
        }
    }

    @Test
    void killingAGroupThatForksLeavesNobody() {
        try (var system = new TestSystem(Limits.DEFAULT.withProcesses(300))) {
            system.run(self -> {
                Process bomb = self.fork();
                self.process().setpgid(bomb.pid(), 0);
                bomb.start(JobControlTest::forkForever);
                while (system.kernel.processes().size() < 100) {
                    Thread.yield();
                }
                system.kernel.kill(self.process(), -bomb.pid(), SIGKILL, null);
                waitFor(self, bomb);
                while (system.kernel.group(bomb.pid()) != null) {
                    Thread.yield();
                }
            });
        }
    }

    private static void forkForever(Task self) {
        while (true) {
            Process child = self.fork();
            if (child != null) {
                child.start(JobControlTest::forkForever);
            }
            self.checkpoint();
            Thread.yield();
        }
    }

    @Test
    void anOrphanedGroupThatIsStoppedIsHungUpAndContinued() {
        try (var system = new TestSystem()) {
            List<Process> job = new ArrayList<>();
            system.run(self -> {
                Process shell = spawn(self, p -> {
                    p.process().setpgid(0, 0);
                    Process child = p.fork();
                    p.process().setpgid(child.pid(), 0);
                    child.start(TestSystem::pauseForever);
                    job.add(child);
                    child.signal(SIGTSTP);
                    assertEquals(child.pid(), p.wait4(-1, Process.WUNTRACED, new ChildReport()));
                });
                waitFor(self, shell);
            });
            assertEquals(WaitStatus.signaled(SIGHUP), system.await(job.getFirst()));
        }
    }

    @Test
    void theTerminalsStopDoesNotStopAnOrphanedGroup() {
        try (var system = new TestSystem()) {
            // Its parent, init, is in another session.
            assertEquals(WaitStatus.exited(4), system.run(self -> {
                assertTrue(self.process().group().isOrphaned());
                self.process().signal(SIGTSTP);
                self.checkpoint();
                self.exit(WaitStatus.exited(4));
            }));
        }
    }
}
