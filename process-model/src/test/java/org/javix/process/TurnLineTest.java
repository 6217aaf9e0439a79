package org.javix.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnLineTest {
    private final TurnLine<String> line = new TurnLine<>();
    private final TurnLine.Share<String> bomb = new TurnLine.Share<>();
    private final TurnLine.Share<String> shell = new TurnLine.Share<>();

    private List<String> order() {
        List<String> order = new ArrayList<>();
        for (String next = line.poll(); next != null; next = line.poll()) {
            order.add(next);
        }
        assertTrue(line.isEmpty());
        return order;
    }

    @Test
    void whoWaitsAloneNeedNotWaitForAllOfABomb() {
        line.add("a", bomb, false);
        line.add("b", bomb, false);
        line.add("c", bomb, false);
        line.add("sh", shell, false);
        assertEquals(List.of("a", "sh", "b", "c"), order());
    }

    @Test
    void whoHasWokenComesInTurnWithThoseThatCompute() {
        line.add("a", bomb, false);
        line.add("b", bomb, false);
        line.add("x", bomb, true);
        line.add("y", bomb, true);
        line.add("z", bomb, true);
        assertEquals(List.of("x", "a", "y", "b", "z"), order());
    }

    @Test
    void whoIsSignalledIsHastened() {
        line.add("a", bomb, false);
        line.add("b", bomb, false);
        TurnLine.Place<String> c = line.add("c", bomb, false);
        line.hasten(c);
        line.hasten(c);
        assertEquals(List.of("c", "a", "b"), order());
        line.hasten(c);
        assertEquals(List.of(), order());
    }

    @Test
    void whoLeavesIsNotFound() {
        line.add("a", bomb, false);
        TurnLine.Place<String> woken = line.add("x", bomb, true);
        TurnLine.Place<String> alone = line.add("sh", shell, false);
        TurnLine.Place<String> hastened = line.add("b", bomb, false);
        line.hasten(hastened);
        assertTrue(line.remove(alone));
        assertFalse(line.remove(alone));
        assertTrue(line.remove(woken));
        assertTrue(line.remove(hastened));
        assertEquals(List.of("a"), order());
        assertTrue(line.remove(line.add("sh", shell, true)));
        assertNull(line.poll());
    }

    @Test
    void whoHasAPriorityComesFirst() {
        line.add("a", shell, true);
        line.addRanked("low", shell, 1, false);
        line.addRanked("high", shell, 99, false);
        line.addRanked("equal", shell, 99, false);
        line.addRanked("preempted", shell, 99, true);
        assertEquals(99, line.highest(shell));
        assertEquals(0, line.highest(bomb));
        assertEquals(List.of("preempted", "high", "equal", "low", "a"), order());
    }

    @Test
    void prioritiesDoNotMatterBetweenShares() {
        line.addRanked("a", bomb, 99, false);
        line.addRanked("b", bomb, 99, false);
        line.add("sh", shell, false);
        assertEquals(List.of("a", "sh", "b"), order());
    }

    @Test
    void oneTurnInTwentyIsLeftToThoseWithoutAPriority() {
        line.add("sh", shell, true);
        line.addRanked("busy", shell, 99, false);
        int turns = 1;
        while (line.poll().equals("busy")) {
            line.addRanked("busy", shell, 99, true);
            turns++;
        }
        assertEquals(20, turns);
        assertEquals(List.of("busy"), order());
    }

    @Test
    void whoHasAPriorityMayLeave() {
        TurnLine.Place<String> first = line.addRanked("first", shell, 5, false);
        TurnLine.Place<String> second = line.addRanked("second", shell, 5, false);
        assertTrue(line.remove(second));
        assertFalse(line.remove(second));
        assertEquals("first", line.pollHighest(shell));
        assertFalse(line.remove(first));
        assertTrue(line.isEmpty());
        assertNull(line.poll());
    }
}
