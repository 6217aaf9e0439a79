package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The locals of a body that is being written; some of them are used again and again for values of a moment. */
final class LocalPool {
    private final ArrayList<ValType> types = new ArrayList<>();
    private final ArrayList<Integer> pooled = new ArrayList<>();
    private int next;

    LocalPool(ValType... types) {
        this.types.addAll(Arrays.asList(types));
    }

    /** Adds a local; answers its number. */
    int add(ValType type) {
        types.add(type);
        return types.size() - 1;
    }

    /** Locals for values of a moment, none of which was taken since {@link #giveBack}. A vector's two lie together. */
    int[] take(List<ValType> wanted) {
        int[] result = new int[wanted.size()];
        for (int k = 0; k < result.length; k++) {
            int count = wanted.get(k) == ValType.V128 ? 2 : 1;
            int local = free(wanted.get(k));
            for (int half = 0; half < count; half++) {
                result[k + half] = local + half;
            }
            k += count - 1;
        }
        return result;
    }

    private int free(ValType type) {
        int count = type == ValType.V128 ? 2 : 1;
        for (int p = next; p < pooled.size(); p++) {
            if (types.get(pooled.get(p)) == type) {
                for (int half = 0; half < count; half++) {
                    pooled.add(next++, pooled.remove(p + half));
                }
                return pooled.get(next - count);
            }
        }
        for (int half = 0; half < count; half++) {
            pooled.add(next++, add(type));
        }
        return pooled.get(next - count);
    }

    /** All that was taken can be taken again. */
    void giveBack() {
        next = 0;
    }

    /** All locals that were ever taken. */
    int[] pooled() {
        return pooled.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** The types of all locals. */
    ValType[] types() {
        return types.toArray(new ValType[0]);
    }

    /** Pushes locals, in order; of a vector the instruction names the first half and pushes both. */
    static void addGets(FunctionBody to, int[] locals, List<ValType> types) {
        for (int k = 0; k < locals.length; k++) {
            to.add(LOCAL_GET, locals[k]);
            if (types.get(k) == ValType.V128) {
                k++;
            }
        }
    }

    /** Pops locals, the last one first. */
    static void addSets(FunctionBody to, int[] locals, List<ValType> types) {
        for (int k = locals.length - 1; k >= 0; k--) {
            if (types.get(k) == ValType.V128) {
                k--;
            }
            to.add(LOCAL_SET, locals[k]);
        }
    }
}
