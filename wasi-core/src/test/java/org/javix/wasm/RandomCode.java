package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The body of one function of a {@link RandomModule}: expressions and statements, nested at random. */
final class RandomCode {
    private static final int CALL_COST = 10;
    private static final int DEPTH = 5;

    /** Instructions without immediates but a lane, by the type of their result. */
    private static final Map<ValType, List<Integer>> OPERATORS = new LinkedHashMap<>();

    static {
        for (int opcode = I32_EQZ; opcode <= FD + 0xff; opcode++) {
            FuncType type = InstructionTypes.known(opcode) ? InstructionTypes.of(opcode) : null;
            boolean prefixed = opcode <= 0xff || opcode >= FC && opcode <= (FC | 7) || opcode >= FD;
            if (prefixed
                    && type != null
                    && opcode != V128_CONST
                    && !CodeReader.hasMemoryArgument(opcode)
                    && type.results().size() == 1) {
                OPERATORS.computeIfAbsent(type.results().getFirst(), key -> new ArrayList<>()).add(opcode);
            }
        }
    }

    private final RandomModule module;
    private final Random random;
    private final int function;
    private final FuncType type;
    private final List<ValType> locals = new ArrayList<>();

    /** A local of each type that holds a value for a few instructions. */
    private final Map<ValType, Integer> scratch = new LinkedHashMap<>();

    /** What branches carry, the innermost label last. */
    private final List<List<ValType>> labels = new ArrayList<>();

    private final BinaryWriter out = new BinaryWriter();
    private final RandomExceptions exceptions;
    private int budget;

    RandomCode(RandomModule module, int function) {
        this.module = module;
        this.random = module.random;
        this.function = function;
        this.type = module.functions.get(function);
        this.exceptions = new RandomExceptions(this, module, labels, out);
        locals.addAll(type.params());
        for (ValType each : ValType.values()) {
            if (each != ValType.EXNREF && (each != ValType.V128 || module.features.vectors())) {
                scratch.put(each, locals.size());
                locals.add(each);
                locals.add(each);
            }
        }
        budget = 20 + random.nextInt(120);
    }

    byte[] body() {
        labels.add(type.results());
        useFuel(CALL_COST);
        statements(DEPTH);
        type.results().forEach(result -> expression(result, DEPTH));
        BinaryWriter body = new BinaryWriter().u32(locals.size() - type.params().size());
        locals.stream().skip(type.params().size()).forEach(local -> body.u32(1).u8(local.code()));
        return body.append(out).opcode(END).toByteArray();
    }

    private void useFuel(int cost) {
        out.opcode(GLOBAL_GET).u32(0).opcode(I32_CONST).signed(cost).opcode(I32_LT_S).opcode(IF).u8(0x40);
        out.opcode(UNREACHABLE).opcode(END);
        out.opcode(GLOBAL_GET).u32(0).opcode(I32_CONST).signed(cost).opcode(I32_SUB).opcode(GLOBAL_SET).u32(0);
    }

    // ---- Statements: they leave nothing ----

    void statements(int depth) {
        for (int n = random.nextInt(4); n > 0 && budget > 0; n--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        budget--;
        switch (random.nextInt(depth > 0 ? 18 : 6)) {
            case 0, 1 -> {
                int local = random.nextInt(locals.size());
                expression(locals.get(local), depth - 1);
                out.opcode(LOCAL_SET).u32(local);
            }
            case 2 -> pause();
            case 3 -> {
                if (module.globals.size() > 1) {
                    int global = random.nextInt(1, module.globals.size());
                    expression(module.globals.get(global), depth - 1);
                    out.opcode(GLOBAL_SET).u32(global);
                }
            }
            case 4, 5 -> store(depth - 1);
            case 6 -> {
                expression(module.anyType(), depth - 1);
                out.opcode(DROP);
            }
            case 7, 8 -> drop(call(random.nextInt(1, module.functions.size()), depth - 1));
            case 9 -> {
                open(BLOCK, List.of());
                statements(depth - 1);
                close();
            }
            case 10 -> loop(List.of(), depth);
            case 11 -> {
                expression(ValType.I32, depth - 1);
                open(IF, List.of());
                statements(depth - 1);
                if (random.nextBoolean()) {
                    out.opcode(ELSE);
                    statements(depth - 1);
                }
                close();
            }
            case 12, 13 -> branch(depth - 1);
            case 14 -> RandomBulk.emit(this, module, out, depth - 1);
            case 15, 16 -> exceptions.statement(depth - 1);
            default -> drop(block(depth));
        }
    }

    private void pause() {
        out.opcode(CALL).u32(0);
    }

    private void drop(List<ValType> types) {
        types.forEach(each -> out.opcode(DROP));
    }

    /** Goes to a label, or perhaps does. */
    private void branch(int depth) {
        int label = random.nextInt(labels.size());
        List<ValType> types = labels.get(labels.size() - 1 - label);
        types.forEach(each -> expression(each, depth));
        switch (random.nextInt(6)) {
            case 0 -> {
                // What follows is unreachable, but must be valid.
                out.opcode(BR).u32(label);
            }
            case 1 -> {
                expression(ValType.I32, depth);
                List<Integer> targets = new ArrayList<>();
                for (int i = 0; i < labels.size(); i++) {
                    if (labels.get(labels.size() - 1 - i).equals(types)) {
                        targets.add(i);
                    }
                }
                Collections.shuffle(targets, random);
                out.opcode(BR_TABLE).u32(targets.size());
                targets.forEach(out::u32);
                out.u32(label);
            }
            default -> {
                expression(ValType.I32, depth);
                out.opcode(BR_IF).u32(label);
                drop(types);
            }
        }
    }

    private void store(int depth) {
        int[] opcodes = {I32_STORE, I64_STORE, F32_STORE, F64_STORE, I32_STORE8, I32_STORE16, I64_STORE8, I64_STORE16, I64_STORE32};
        int opcode = opcodes[random.nextInt(opcodes.length)];
        if (module.features.vectors() && random.nextInt(3) == 0) {
            opcode = random.nextBoolean() ? V128_STORE : V128_STORE8_LANE + random.nextInt(4);
        }
        access(opcode, depth);
    }

    /** A load or store with all its operands. */
    private void access(int opcode, int depth) {
        int memory = random.nextInt(module.memories.size());
        boolean wide = module.memories.get(memory);
        ValType address = wide ? ValType.I64 : ValType.I32;
        expression(address, depth);
        if (random.nextInt(12) != 0) {
            out.opcode(wide ? I64_CONST : I32_CONST).signed(0xfff).opcode(wide ? I64_AND : I32_AND);
        }
        InstructionTypes.of(opcode).params().forEach(param -> expression(param, depth));
        int align = random.nextInt(InstructionTypes.width(opcode) + 1);
        out.opcode(opcode).u32(align | (memory > 0 ? 0x40 : 0));
        if (memory > 0) {
            out.u32(memory);
        }
        out.u64(random.nextInt(16) == 0 ? random.nextInt() & 0x7fff_ffffL : random.nextInt(5000));
        if (CodeReader.hasLane(opcode)) {
            out.u8(random.nextInt(InstructionTypes.lanes(opcode)));
        }
    }

    // ---- Blocks ----

    void open(int opcode, List<ValType> results) {
        out.opcode(opcode);
        blockType(results);
        labels.add(opcode == LOOP ? List.of() : results);
    }

    void blockType(List<ValType> results) {
        if (results.isEmpty()) {
            out.u8(0x40);
        } else if (results.size() == 1) {
            out.u8(results.getFirst().code());
        } else {
            out.signed(module.type(new FuncType(List.of(), results)));
        }
    }

    void close() {
        labels.removeLast();
        out.opcode(END);
    }

    private void loop(List<ValType> results, int depth) {
        open(LOOP, results);
        useFuel(1);
        statements(depth - 1);
        if (random.nextBoolean()) {
            // Whatever the condition is, some iterations later it does not hold.
            expression(ValType.I32, depth - 2);
            out.opcode(GLOBAL_GET).u32(0).opcode(I32_CONST).signed(7).opcode(I32_AND).opcode(I32_AND);
            out.opcode(BR_IF).u32(0);
            module.failsEndive |= results.size() > 1;
        }
        results.forEach(result -> expression(result, depth - 1));
        close();
    }

    /** A block with several results, and perhaps parameters. */
    private List<ValType> block(int depth) {
        List<ValType> results = module.anyTypes(3);
        switch (random.nextInt(4)) {
            case 0 -> loop(results, depth);
            case 1 -> {
                expression(ValType.I32, depth - 1);
                open(IF, results);
                results.forEach(result -> expression(result, depth - 1));
                out.opcode(ELSE);
                statements(depth - 1);
                results.forEach(result -> expression(result, depth - 1));
                close();
            }
            case 2 -> {
                // The parameters stay below what the block computes and become its results.
                results.forEach(result -> expression(result, depth - 1));
                out.opcode(BLOCK).signed(module.type(new FuncType(results, results)));
                module.failsEndive |= results.size() > 1;
                labels.add(results);
                statements(depth - 1);
                close();
            }
            default -> {
                open(BLOCK, results);
                statements(depth - 1);
                results.forEach(result -> expression(result, depth - 1));
                close();
            }
        }
        return results;
    }

    /** Calls a function, directly or by type; answers its results. */
    private List<ValType> call(int callee, int depth) {
        FuncType called = module.functions.get(callee);
        called.params().forEach(param -> expression(param, depth));
        int entry = -1;
        for (int i = 0; i < module.elements.length; i++) {
            entry = module.elements[i] == callee ? i : entry;
        }
        if (entry >= 0 && random.nextBoolean()) {
            out.opcode(I32_CONST).signed(random.nextInt(10) == 0 ? random.nextInt(16) : entry);
            out.opcode(CALL_INDIRECT).u32(module.type(called)).u32(0);
        } else {
            out.opcode(CALL).u32(callee);
        }
        return called.results();
    }

    // ---- Expressions: they leave one value ----

    void expression(ValType wanted, int depth) {
        budget--;
        if (wanted == ValType.EXNREF) {
            constant(module, out, wanted);
            return;
        }
        if (depth <= 0 || budget <= 0) {
            leaf(wanted);
            return;
        }
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> operator(wanted, depth);
            case 5 -> load(wanted, depth);
            case 6 -> {
                List<ValType> results = new ArrayList<>(module.anyTypes(2));
                results.add(random.nextInt(results.size() + 1), wanted);
                open(BLOCK, results);
                statements(depth - 1);
                results.forEach(result -> expression(result, depth - 1));
                close();
                pick(results, wanted);
            }
            case 7 -> loop(List.of(wanted), depth);
            case 8 -> {
                for (int f = 1; f < module.functions.size(); f++) {
                    if (f != function && module.functions.get(f).results().contains(wanted)) {
                        pick(call(f, depth - 1), wanted);
                        return;
                    }
                }
                leaf(wanted);
            }
            case 9 -> {
                expression(wanted, depth - 1);
                expression(wanted, depth - 1);
                expression(ValType.I32, depth - 1);
                if (wanted.isReference() || random.nextBoolean()) {
                    out.opcode(SELECT_TYPED).u32(1).u8(wanted.code());
                } else {
                    out.opcode(SELECT);
                }
            }
            case 10 -> {
                expression(wanted, depth - 1);
                out.opcode(LOCAL_TEE).u32(scratch.get(wanted) + 1);
            }
            case 11 -> {
                expression(ValType.I32, depth - 1);
                open(IF, List.of(wanted));
                expression(wanted, depth - 1);
                out.opcode(ELSE);
                expression(wanted, depth - 1);
                close();
            }
            case 12 -> {
                pause();
                expression(wanted, depth - 1);
            }
            default -> leaf(wanted);
        }
    }

    /** Leaves the first value of a type of those on the stack. */
    private void pick(List<ValType> types, ValType wanted) {
        int index = types.indexOf(wanted);
        for (int k = types.size() - 1; k >= 0; k--) {
            if (k == index) {
                out.opcode(LOCAL_SET).u32(scratch.get(wanted));
            } else {
                out.opcode(DROP);
            }
        }
        out.opcode(LOCAL_GET).u32(scratch.get(wanted));
    }

    private void leaf(ValType wanted) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < locals.size(); i++) {
            if (locals.get(i) == wanted) {
                fitting.add(i);
            }
        }
        switch (random.nextInt(3)) {
            case 0 -> constant(module, out, wanted);
            case 1 -> {
                for (int g = 1; g < module.globals.size(); g++) {
                    if (module.globals.get(g) == wanted) {
                        out.opcode(GLOBAL_GET).u32(g);
                        return;
                    }
                }
                constant(module, out, wanted);
            }
            default -> out.opcode(LOCAL_GET).u32(fitting.get(random.nextInt(fitting.size())));
        }
    }

    static void constant(RandomModule module, BinaryWriter out, ValType type) {
        switch (type.kind()) {
            case I32 -> out.opcode(I32_CONST).signed((int) module.anyNumber());
            case I64 -> out.opcode(I64_CONST).signed(module.anyNumber());
            case F32 -> out.opcode(F32_CONST).word(module.anyFloat(), 4);
            case F64 -> out.opcode(F64_CONST).word(module.anyDouble(), 8);
            case V128 -> out.opcode(V128_CONST).word(module.anyNumber(), 8).word(module.anyDouble(), 8);
            default -> out.opcode(REF_NULL).u8(type.code());
        }
    }

    private void load(ValType wanted, int depth) {
        switch (wanted.kind()) {
            case I32 -> access(random.nextBoolean() ? I32_LOAD : I32_LOAD8_S + random.nextInt(4), depth - 1);
            case I64 -> access(random.nextBoolean() ? I64_LOAD : I64_LOAD8_S + random.nextInt(6), depth - 1);
            case F32 -> access(F32_LOAD, depth - 1);
            case F64 -> access(F64_LOAD, depth - 1);
            case V128 -> access(
                    switch (random.nextInt(3)) {
                        case 0 -> V128_LOAD + random.nextInt(11);
                        case 1 -> V128_LOAD8_LANE + random.nextInt(4);
                        default -> V128_LOAD32_ZERO + random.nextInt(2);
                    },
                    depth - 1);
            default -> {
                expression(ValType.I32, depth - 1);
                out.opcode(I32_CONST).signed(random.nextInt(20) == 0 ? 7 : 3).opcode(I32_AND);
                out.opcode(TABLE_GET).u32(wanted == ValType.FUNCREF ? 0 : 1);
            }
        }
    }

    private void operator(ValType wanted, int depth) {
        if (wanted.isReference()) {
            leaf(wanted);
            return;
        }
        if (wanted == ValType.I32 && random.nextInt(6) == 0) {
            RandomBulk.size(this, module, out, depth - 1);
            return;
        }
        List<Integer> operators = OPERATORS.get(wanted);
        int opcode;
        do {
            opcode = operators.get(random.nextInt(operators.size()));
        } while (traps(opcode) && random.nextInt(6) != 0 || opcode >= FD && !module.features.vectors());
        InstructionTypes.of(opcode).params().forEach(param -> expression(param, depth - 1));
        if (opcode == F32_CONVERT_I64_U) {
            // Endive 1.2.0 rounds numbers from 2^63 on up.
            out.opcode(I64_CONST).u8(1).opcode(I64_SHR_U);
        }
        out.opcode(opcode);
        if (opcode == I8X16_SHUFFLE) {
            random.ints(16, 0, 32).forEach(out::u8);
        } else if (CodeReader.hasLane(opcode)) {
            out.u8(random.nextInt(InstructionTypes.lanes(opcode)));
        }
        RandomFloats.canonical(out, opcode, scratch);
    }

    private static boolean traps(int opcode) {
        return opcode >= I32_DIV_S && opcode <= I32_REM_U
                || opcode >= I64_DIV_S && opcode <= I64_REM_U
                || opcode >= I32_TRUNC_F32_S && opcode <= I32_TRUNC_F64_U
                || opcode >= I64_TRUNC_F32_S && opcode <= I64_TRUNC_F64_U;
    }
}
