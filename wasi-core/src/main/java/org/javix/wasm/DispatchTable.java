package org.javix.wasm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The functions of a module that can be called other than directly: by type, and by their position among
 * the functions of that type. Types that are equal count as one, the first of them (the canonical one).
 */
final class DispatchTable {
    private final int[] canonicalTypes;
    private final int[] functionTypes;
    private final int[] positions;
    private final int[][] functionsByType;

    DispatchTable(Module module) {
        int types = module.types().size();
        canonicalTypes = new int[types];
        Map<FuncType, Integer> first = new HashMap<>();
        for (int t = 0; t < types; t++) {
            Integer earlier = first.putIfAbsent(module.types().get(t), t);
            canonicalTypes[t] = earlier == null ? t : earlier;
        }
        int[] functions = module.functions();
        functionTypes = new int[functions.length];
        positions = new int[functions.length];
        Arrays.fill(positions, -1);
        BitSet referable = referable(module);
        int[] counts = new int[types];
        for (int f = 0; f < functions.length; f++) {
            functionTypes[f] = canonicalTypes[functions[f]];
            if (referable.get(f)) {
                positions[f] = counts[functionTypes[f]]++;
            }
        }
        functionsByType = new int[types][];
        for (int t = 0; t < types; t++) {
            functionsByType[t] = new int[counts[t]];
        }
        for (int f = 0; f < functions.length; f++) {
            if (positions[f] >= 0) {
                functionsByType[functionTypes[f]][positions[f]] = f;
            }
        }
    }

    /** Validation has made sure that code refers to no other function (section 3.4.1, refs). */
    private static BitSet referable(Module module) {
        BitSet set = new BitSet();
        for (Module.Export export : module.exports()) {
            if (export.kind() == Module.Kind.FUNCTION) {
                set.set(export.index());
            }
        }
        if (module.start() >= 0) {
            set.set(module.start());
        }
        for (Module.ElementSegment segment : module.elements()) {
            if (segment.functions() != null) {
                for (int f : segment.functions()) {
                    set.set(f);
                }
            } else {
                for (int start : segment.expressions()) {
                    addReferences(module, start, set);
                }
            }
        }
        for (Module.GlobalInit init : module.globalInits()) {
            addReferences(module, init.start(), set);
        }
        for (Module.TableInit init : module.tableInits()) {
            if (init.start() >= 0) {
                addReferences(module, init.start(), set);
            }
        }
        return set;
    }

    private static void addReferences(Module module, int start, BitSet set) {
        CodeReader in = new CodeReader(module.bytes(), start, module.bytes().length);
        int opcode = in.opcode();
        while (opcode != Opcodes.END) {
            if (opcode == Opcodes.REF_FUNC) {
                set.set(in.u32());
            } else {
                in.skipImmediates(opcode);
            }
            opcode = in.opcode();
        }
    }

    /** The canonical index of a type. */
    int canonical(int type) {
        return canonicalTypes[type];
    }

    /** The canonical index of a function's type. */
    int canonicalOf(int function) {
        return functionTypes[function];
    }

    /** A function's position among the referable ones of its type, or -1. */
    int position(int function) {
        return positions[function];
    }

    /** The referable functions of a canonical type. */
    int[] functions(int type) {
        return functionsByType[type];
    }
}
