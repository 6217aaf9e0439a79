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
    void whoLeavesIsNotFound() {
        line.add("a", bomb, false);
        line.add("x", bomb, true);
        line.add("sh", shell, false);
        assertTrue(line.remove("sh", shell));
        assertFalse(line.remove("sh", shell));
        assertTrue(line.remove("x", bomb));
        assertEquals(List.of("a"), order());
        line.add("sh", shell, true);
        assertTrue(line.remove("sh", shell));
        assertNull(line.poll());
    }
}
