package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The local that many cases of a large switch decode, as the instruction word of an interpreter.
 *
 * <p>What two cases compute alike, HotSpot computes before the jump, for all. In an interpreter that is every field of the word and what
 * follows from it, more than there are registers. So each case takes the word {@linkplain Ops#here anew}.
 */
final class CaseLocal {
    static final int NONE = -1;

    /** Switches with fewer targets are no interpreters. */
    private static final int LEAST_TARGETS = 8;

    /** One in so many cases has to decode it. */
    private static final int CASES = 4;

    /** How many instructions to look at behind a switch, for each of its targets, and in a case. */
    private static final int LOOK_AHEAD = 200;

    private CaseLocal() {}

    /** The local for a {@code br_table}, or {@link #NONE}. */
    static int of(FunctionBody body, int table) {
        int targets = (int) Arrays.stream((int[]) body.objects[table]).distinct().count();
        if (targets < LEAST_TARGETS) {
            return NONE;
        }
        Map<Integer, Integer> uses = new HashMap<>();
        int end = (int) Math.min(body.length, table + (long) LOOK_AHEAD * targets);
        for (int i = table + 1; i < end; i++) {
            if (decodes(body, i)) {
                uses.merge((int) body.immediates[i], 1, Integer::sum);
            }
        }
        int least = Math.max(LEAST_TARGETS, targets / CASES);
        return uses.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(NONE);
    }

    /** Whether a case that starts behind an instruction decodes a local. */
    static boolean isDecoded(FunctionBody body, int end, int local) {
        for (int i = end + 1; i < Math.min(body.length, end + LOOK_AHEAD); i++) {
            switch (body.opcodes[i]) {
                case BR, BR_TABLE, RETURN, UNREACHABLE, LOOP -> {
                    return false;
                }
                default -> {
                    if (body.immediates[i] == local && decodes(body, i)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether an instruction and the next ones take some bits out of a local. */
    private static boolean decodes(FunctionBody body, int i) {
        if (i + 2 >= body.length || body.opcodes[i] != LOCAL_GET || body.opcodes[i + 1] != I32_CONST) {
            return false;
        }
        return switch (body.opcodes[i + 2]) {
            case I32_AND, I32_SHL, I32_SHR_S, I32_SHR_U -> true;
            default -> false;
        };
    }
}
