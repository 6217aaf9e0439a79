package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A function's instructions, decoded into arrays so that the compiler can look ahead and back.
 *
 * <p>A body is a function of the module, or a piece that {@link FunctionSplitter} took out of one. Pieces are
 * numbered behind the module's functions.
 */
final class FunctionBody {
    /** An address that is used further behind is computed in its place: the compiler looks through those that wait. */
    private static final int FAR = 1_000;

    /** How many operands are looked at when a local is set. */
    private static final int NEAR = 100;

    final Module module;
    final int function;

    /** The type, slot by slot ({@link FuncType#inSlots}), as are those of blocks. */
    final FuncType type;

    /** The parameters and locals, slot by slot: a v128 is two, its low half first. */
    final ValType[] locals;

    /** The slot of each parameter and local, for reading the binary. */
    private final int[] localSlots;

    /** Of a piece: the locals that it hands back when it returns; see {@link PieceCall}. */
    final int[] handedBack;

    /** The number of instructions. */
    int length;

    /** The opcodes; see {@link Opcodes}. */
    int[] opcodes = new int[64];

    /** Constants' raw bits (of a vector, the low half's), indices, locals' slots, memory offsets, lanes. */
    long[] immediates = new long[64];

    /** Second indices: the table of an indirect call, the memory of a load, the source of a copy. */
    int[] seconds = new int[64];

    /** Of a structured instruction: the index of the else, catch, delegate or end that comes next. */
    int[] next;

    /** Block types, branch tables, catch clauses, select's type; a vector's high half, a shuffle, an access's lane. */
    Object[] objects = new Object[64];

    /** Instructions whose only use is as an operand of a load or store: they can be emitted at their use. */
    final BitSet addresses = new BitSet();

    private boolean unfollowed;

    private boolean hasLoops;

    /** Whether {@link Opcodes#JUMP_POINT} occurs. */
    private boolean hasJumpPoints;

    /** The tail calls inside a try or one of its arms. */
    private final BitSet insideTries = new BitSet();

    /** How many calls, memory.grow and atomic instructions lie before each instruction: what can replace the memory. */
    int[] callsBefore;

    /** See {@link CallingLoops}. */
    private BitSet callingLoops;

    /** How many instructions lie before each that may take long by themselves: those that move blocks of memories and tables. */
    private int[] blocksBefore;

    private FunctionBody(Module module, int function, BitSet jumpPoints) {
        this.module = module;
        this.function = function;
        this.type = module.functionType(function).inSlots();
        Module.Code code = module.code().get(function - module.importedFunctions());
        List<ValType> declared = new ArrayList<>(module.functionType(function).params());
        declared.addAll(Arrays.asList(code.locals()));
        this.locals = FuncType.inSlots(declared).toArray(new ValType[0]);
        this.localSlots = slots(declared);
        this.handedBack = new int[0];
        read(new CodeReader(module.bytes(), code.start(), code.end(), module.types()));
        Sums.order(this);
        for (int i = 0; i < length && !jumpPoints.isEmpty(); i++) {
            if (opcodes[i] == CALL && jumpPoints.get((int) immediates[i])) {
                opcodes[i] = JUMP_POINT;
            }
        }
        finish();
    }

    /** A body to {@link #add} instructions to and to {@link #finish}: another form or a part of a function. */
    FunctionBody(FunctionBody of, int function, FuncType type, ValType[] locals, int[] handedBack) {
        this.module = of.module;
        this.function = function;
        this.type = type;
        this.locals = locals;
        this.localSlots = null;
        this.handedBack = handedBack;
    }

    private static int[] slots(List<ValType> types) {
        int[] slots = new int[types.size()];
        for (int i = 1; i < slots.length; i++) {
            slots[i] = slots[i - 1] + (types.get(i - 1) == ValType.V128 ? 2 : 1);
        }
        return slots;
    }

    /**
     * Decodes a function that is not imported.
     *
     * @param jumpPoints the imported functions whose calls become {@link Opcodes#JUMP_POINT}
     */
    static FunctionBody of(Module module, int function, BitSet jumpPoints) {
        return new FunctionBody(module, function, jumpPoints);
    }

    /** Whether a loop calls something, or grows the memory, in an iteration after which there may be another. */
    boolean callsInLoop(int loop) {
        return callingLoops.get(loop);
    }

    /** Whether something is called, or the memory grown, between a loop and its end. */
    boolean callsBeforeEnd(int loop) {
        return callsBefore[endOf(loop)] != callsBefore[loop];
    }

    /** Whether blocks of memory or of tables are moved between two instructions. */
    boolean movesBlocksBetween(int from, int to) {
        return blocksBefore[to] != blocksBefore[from];
    }

    /** How many instructions move blocks of memory or of tables. */
    int blockMoves() {
        return blocksBefore[length];
    }

    /** As how many iterations of a loop of little work one of this loop counts: from 1 to {@link CallGraph#ITERATIONS}. */
    int weight(int loop) {
        return Math.max(1, seconds[loop]);
    }

    /** Says how much a loop's iterations count; a loop has no second index otherwise. */
    void setWeight(int loop, int weight) {
        seconds[loop] = weight;
    }

    /**
     * Says where it polls, beside its entry and its loops; see {@link CallGraph}.
     *
     * @param after the instructions behind which it polls
     */
    void addPolls(BitSet after) {
        if (after.isEmpty()) {
            return;
        }
        int[] codes = opcodes;
        long[] firsts = immediates;
        int[] others = seconds;
        Object[] rest = objects;
        int count = length;
        length = 0;
        opcodes = new int[count + after.cardinality()];
        immediates = new long[opcodes.length];
        seconds = new int[opcodes.length];
        objects = new Object[opcodes.length];
        addresses.clear();
        for (int i = 0; i < count; i++) {
            add(codes[i], firsts[i], others[i], rest[i]);
            if (after.get(i)) {
                add(POLL, 0);
            }
        }
        insideTries.clear();
        finish();
    }

    /** Whether there are loops. */
    boolean hasLoops() {
        return hasLoops;
    }

    /** Whether it is a part of a function that was too large for one method. */
    boolean isPiece() {
        return localSlots == null;
    }

    /** Whether a tail call lies inside a try or one of its arms. */
    boolean insideTry(int i) {
        return insideTries.get(i);
    }

    private void read(CodeReader in) {
        while (in.remaining() > 0) {
            int opcode = in.opcode();
            add(opcode, 0, 0, null);
            readImmediates(in, length - 1, opcode);
        }
    }

    private static boolean movesBlock(int opcode) {
        return switch (opcode) {
            case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT, MEMORY_GROW, TABLE_FILL, TABLE_COPY, TABLE_INIT, TABLE_GROW -> true;
            default -> false;
        };
    }

    /** Adds an instruction. */
    void add(int opcode, long immediate, int second, Object object) {
        int i = length++;
        if (i == opcodes.length) {
            int size = 2 * i;
            opcodes = Arrays.copyOf(opcodes, size);
            immediates = Arrays.copyOf(immediates, size);
            seconds = Arrays.copyOf(seconds, size);
            objects = Arrays.copyOf(objects, size);
        }
        opcodes[i] = opcode;
        immediates[i] = immediate;
        seconds[i] = second;
        objects[i] = object;
    }

    /** Copies instructions to a place before them; for a body that is not finished. */
    void move(int from, int end, int to) {
        int count = end - from;
        System.arraycopy(opcodes, from, opcodes, to, count);
        System.arraycopy(immediates, from, immediates, to, count);
        System.arraycopy(seconds, from, seconds, to, count);
        System.arraycopy(objects, from, objects, to, count);
    }

    /** Puts an instruction without immediates in another's place; for a body that is not finished. */
    void set(int i, int opcode) {
        opcodes[i] = opcode;
        immediates[i] = 0;
        seconds[i] = 0;
        objects[i] = null;
    }

    /** Adds an instruction with at most one immediate. */
    void add(int opcode, long immediate) {
        add(opcode, immediate, 0, null);
    }

    /** The same instructions, finished, with the parameters and those of some locals that are used: each costs code. */
    FunctionBody withUsedLocals(ValType[] all) {
        int params = type.params().size();
        BitSet used = new BitSet();
        used.set(0, params);
        for (int i = 0; i < length; i++) {
            switch (opcodes[i]) {
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> {
                    int local = (int) immediates[i];
                    used.set(local, local + (all[local] == ValType.V128 ? 2 : 1));
                }
                case CALL_PIECE -> Arrays.stream(((PieceCall) objects[i]).handedBack()).forEach(used::set);
                default -> {}
            }
        }
        Arrays.stream(handedBack).forEach(used::set);
        int[] kept = used.stream().toArray();
        int[] numbers = new int[all.length];
        for (int k = 0; k < kept.length; k++) {
            numbers[kept[k]] = k;
        }
        ValType[] types = Arrays.stream(kept).mapToObj(local -> all[local]).toArray(ValType[]::new);
        int[] back = Arrays.stream(handedBack).map(local -> numbers[local]).toArray();
        FunctionBody body = new FunctionBody(this, function, type, types, back);
        for (int i = 0; i < length; i++) {
            switch (opcodes[i]) {
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> body.add(opcodes[i], numbers[(int) immediates[i]]);
                case CALL_PIECE -> body.add(CALL_PIECE, 0, 0, ((PieceCall) objects[i]).renumbered(numbers));
                default -> body.add(opcodes[i], immediates[i], seconds[i], objects[i]);
            }
        }
        body.finish();
        return body;
    }

    /** Whether jumps may arrive in the function that come from anywhere in it. */
    boolean hasJumpPoints() {
        return hasJumpPoints;
    }

    /** Whether pieces may be taken out: the splitter follows no branches on null, nor tail calls by reference. */
    boolean splittable() {
        return !unfollowed;
    }

    /** After the last instruction: finds what the instructions have to do with each other. */
    void finish() {
        next = new int[length];
        callsBefore = new int[length + 1];
        blocksBefore = new int[length + 1];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.push(-1);
        int tries = 0;
        for (int i = 0; i < length; i++) {
            // After an atomic instruction, what other threads did before is seen.
            boolean call = (opcodes[i] & ~0xff) == FE;
            switch (opcodes[i]) {
                case BLOCK, IF -> open.push(i);
                case LOOP -> {
                    open.push(i);
                    hasLoops = true;
                }
                case TRY, TRY_TABLE -> {
                    open.push(i);
                    tries++;
                }
                case ELSE, CATCH, CATCH_ALL -> {
                    next[open.pop()] = i;
                    open.push(i);
                }
                case DELEGATE, END -> {
                    int opener = open.pop();
                    if (opener >= 0) {
                        next[opener] = i;
                        switch (opcodes[opener]) {
                            case TRY, TRY_TABLE, CATCH, CATCH_ALL -> tries--;
                            default -> {}
                        }
                    }
                }
                case RETURN_CALL -> {
                    call = true;
                    insideTries.set(i, tries > 0);
                }
                case CALL, CALL_INDIRECT, CALL_REF, RETURN_CALL_INDIRECT, RETURN_CALL_REF, CALL_PIECE, MEMORY_GROW ->
                        call = true;
                case JUMP_POINT -> {
                    // From here on, the function may go on in its handler, which forgets the memory.
                    call = true;
                    hasJumpPoints = true;
                }
                case BR_ON_NULL, BR_ON_NON_NULL -> unfollowed = true;
                default -> {}
            }
            unfollowed |= opcodes[i] == RETURN_CALL_REF;
            callsBefore[i + 1] = callsBefore[i] + (call ? 1 : 0);
            blocksBefore[i + 1] = blocksBefore[i] + (movesBlock(opcodes[i]) ? 1 : 0);
        }
        callingLoops = CallingLoops.of(this);
        findAddresses();
    }

    /** The index of the end or delegate that closes a structured instruction. */
    int endOf(int i) {
        int j = next[i];
        while (opcodes[j] != END && opcodes[j] != DELEGATE) {
            j = next[j];
        }
        return j;
    }

    private void readImmediates(CodeReader in, int i, int opcode) {
        switch (opcode) {
            case BLOCK, LOOP, IF, TRY -> objects[i] = in.blockType(module.types()).inSlots();
            case TRY_TABLE -> {
                FuncType blockType = in.blockType(module.types()).inSlots();
                int[][] catches = new int[in.count()][];
                for (int k = 0; k < catches.length; k++) {
                    int kind = in.u8();
                    catches[k] = new int[] {kind, kind < 2 ? in.u32() : -1, in.u32()};
                }
                objects[i] = new TryTable(blockType, catches);
            }
            case BR_TABLE -> {
                int[] labels = new int[in.count() + 1];
                for (int k = 0; k < labels.length; k++) {
                    labels[k] = in.u32();
                }
                objects[i] = labels;
            }
            case SELECT_TYPED -> {
                in.count();
                objects[i] = in.valueType();
            }
            case I32_CONST -> immediates[i] = in.s32();
            case I64_CONST -> immediates[i] = in.s64();
            case F32_CONST -> immediates[i] = in.word32();
            case F64_CONST -> immediates[i] = in.word64();
            case REF_NULL -> objects[i] = in.heapType();
            case CALL_INDIRECT, RETURN_CALL_INDIRECT, MEMORY_INIT, MEMORY_COPY, TABLE_INIT, TABLE_COPY -> {
                immediates[i] = in.u32();
                seconds[i] = in.u32();
            }
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> immediates[i] = localSlots[in.u32()];
            case V128_CONST -> {
                immediates[i] = in.word64();
                objects[i] = in.word64();
            }
            case I8X16_SHUFFLE -> {
                byte[] lanes = new byte[16];
                for (int k = 0; k < lanes.length; k++) {
                    lanes[k] = (byte) in.u8();
                }
                objects[i] = lanes;
            }
            case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL, CATCH, DELEGATE, THROW, RETHROW, CALL, RETURN_CALL, CALL_REF,
                    RETURN_CALL_REF, GLOBAL_GET, GLOBAL_SET, TABLE_GET,
                    TABLE_SET, MEMORY_SIZE, MEMORY_GROW, REF_FUNC, DATA_DROP, ELEM_DROP, MEMORY_FILL, TABLE_GROW,
                    TABLE_SIZE, TABLE_FILL -> immediates[i] = in.u32();
            default -> {
                if (CodeReader.hasMemoryArgument(opcode)) {
                    in.memoryArgument();
                    immediates[i] = in.offset;
                    seconds[i] = in.memory;
                    if (CodeReader.hasLane(opcode)) {
                        objects[i] = in.u8();
                    }
                } else if (CodeReader.hasLane(opcode)) {
                    immediates[i] = in.u8();
                } else {
                    in.skipImmediates(opcode);
                }
            }
        }
    }

    /** The parts of a try_table: each catch is its kind, tag and label. */
    record TryTable(FuncType type, int[][] catches) {}

    /**
     * Follows who produces each operand, within stretches without control flow, to find the local.get and
     * constant instructions that only make an address. A local must not be set before the use.
     */
    private void findAddresses() {
        int[] producers = new int[64];
        int height = 0;
        for (int i = 0; i < length; i++) {
            int opcode = opcodes[i];
            int pops;
            int pushes;
            if (opcode >= I32_LOAD && opcode <= I64_LOAD32_U) {
                markAddress(producers, height - 1, i);
                pops = 1;
                pushes = 1;
            } else if (opcode >= I32_STORE && opcode <= I64_STORE32) {
                // A constant address becomes an offset. Any other is loaded before the value: that needs no temporary local.
                if (height >= 2 && producers[height - 2] >= 0 && opcodes[producers[height - 2]] != LOCAL_GET) {
                    markAddress(producers, height - 2, i);
                    markAddress(producers, height - 1, i);
                }
                pops = 2;
                pushes = 0;
            } else if (opcode >= FD) {
                FuncType plain = InstructionTypes.of(opcode);
                pops = plain.params().size();
                pushes = plain.results().size();
                if (CodeReader.hasMemoryArgument(opcode)) {
                    pops++;
                    markAddress(producers, height - pops, i);
                }
            } else {
                Numeric numeric = Numeric.of(opcode);
                if (numeric != null) {
                    pops = numeric.params().length;
                    pushes = 1;
                } else {
                    switch (opcode) {
                        case I32_CONST, I64_CONST, F32_CONST, F64_CONST, LOCAL_GET, GLOBAL_GET, MEMORY_SIZE -> {
                            pops = 0;
                            pushes = 1;
                        }
                        case LOCAL_SET, DROP, GLOBAL_SET -> {
                            pops = 1;
                            pushes = 0;
                        }
                        case LOCAL_TEE -> {
                            pops = 1;
                            pushes = 1;
                        }
                        case SELECT -> {
                            pops = 3;
                            pushes = 1;
                        }
                        case CALL -> {
                            FuncType callee = module.functionType((int) immediates[i]);
                            pops = callee.params().size();
                            pushes = callee.results().size();
                        }
                        case CALL_INDIRECT -> {
                            FuncType callee = module.types().get((int) immediates[i]);
                            pops = callee.params().size() + 1;
                            pushes = callee.results().size();
                        }
                        default -> {
                            height = 0;
                            continue;
                        }
                    }
                }
            }
            if (opcode == LOCAL_SET || opcode == LOCAL_TEE) {
                // One that lies deeper is only less well compiled.
                for (int k = Math.max(0, height - NEAR); k < height; k++) {
                    int p = producers[k];
                    if (p >= 0 && opcodes[p] == LOCAL_GET && immediates[p] == immediates[i]) {
                        producers[k] = -1;
                    }
                }
            }
            height = Math.max(0, height - pops);
            if (height + pushes > producers.length) {
                producers = Arrays.copyOf(producers, 2 * (height + pushes));
            }
            for (int k = 0; k < pushes; k++) {
                producers[height++] = opcode == LOCAL_GET || opcode == I32_CONST || opcode == I64_CONST ? i : -1;
            }
        }
    }

    private void markAddress(int[] producers, int at, int user) {
        if (at >= 0 && producers[at] >= 0 && user - producers[at] <= FAR) {
            addresses.set(producers[at]);
        }
    }

    /** The types of the block that starts at an instruction. */
    FuncType blockType(int i) {
        return objects[i] instanceof TryTable table ? table.type() : (FuncType) objects[i];
    }

    /** All the module's types. */
    List<FuncType> types() {
        return module.types();
    }
}
