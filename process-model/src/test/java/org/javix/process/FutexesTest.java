package org.javix.process;

import static org.junit.jupiter.api.Assertions.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads that wait for words of memory. */
class FutexesTest {
    private static final Futexes.Key WORD = new Futexes.Key("memory", 8);
    private static final Futexes.Key OTHER = new Futexes.Key("memory", 16);

    /** Threads of the priorities wait for a word, one after the other; {@code then} wakes each. Answers the order. */
    private static List<Integer> order(List<Integer> priorities, Futexes.Key last, WakeOne then) {
        List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
        try (var system = new TestSystem()) {
            Futexes futexes = system.kernel.futexes();
            system.run(self -> {
                for (int priority : priorities) {
                    Task waits = self.newTask();
                    int policy = priority == 0 ? Scheduling.SCHED_OTHER : Scheduling.SCHED_FIFO;
                    assertEquals(0, waits.setScheduling(self.process(), policy, priority, false));
                    waits.start(task -> {
                        assertEquals(0, futexes.await(task.waiter(), WORD, () -> true, Futexes.ANY, Deadline.NONE));
                        woken.add(priority);
                        task.exit(WaitStatus.SUCCESS);
                    });
                    while (waits.waiter() == null || waits.waiter().thread().getState() != Thread.State.WAITING) {
                        Thread.yield();
                    }
                }
                for (int i = 1; i <= priorities.size(); i++) {
                    then.wake(futexes);
                    while (woken.size() < i) {
                        Thread.yield();
                    }
                }
                assertEquals(0, futexes.wake(last, 1, Futexes.ANY), "nobody is left");
            });
        }
        return woken;
    }

    private interface WakeOne {
        void wake(Futexes futexes);
    }

    @Test
    void theMostUrgentGoFirstAndOfTheseTheOldest() {
        List<Integer> waiting = List.of(0, 5, 2, 5, 9, 0, 2);
        assertEquals(List.of(9, 5, 5, 2, 2, 0, 0), order(waiting, WORD, futexes ->
                assertEquals(1, futexes.wake(WORD, 1, Futexes.ANY))));
    }

    @Test
    void thoseThatAreMovedKeepTheirOrder() {
        List<Integer> waiting = List.of(1, 3, 2);
        boolean[] moved = new boolean[1];
        assertEquals(List.of(3, 2, 1), order(waiting, OTHER, futexes -> {
            if (!moved[0]) {
                moved[0] = true;
                int[] done = new int[2];
                assertEquals(0, futexes.requeue(WORD, OTHER, () -> true, 0, 3, done));
                assertArrayEquals(new int[] {0, 3}, done);
            }
            assertEquals(1, futexes.wake(OTHER, 1, Futexes.ANY));
        }));
    }
}
