package org.javix.wasm;

import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The guest's operand stack while a function is compiled. A v128 is two operands of type V128, the high half
 * above the low one.
 *
 * <p>An operand lies on the JVM's stack, or in the JVM local of its depth and type (its <em>slot</em>), or
 * nowhere yet, because it is a constant or a local that is read when it is needed. Those on the JVM's
 * stack lie there in the operands' order. At every label the JVM's stack is empty: HotSpot would not
 * enter a loop's compiled code otherwise, and merging branches then need no shuffling.
 */
final class OperandStack {
    /** Where an operand is. */
    private enum Place {
        JVM_STACK,
        SLOT,
        CONSTANT,
        LOCAL
    }

    private static final class Operand {
        final ValType type;
        Place place;
        long value;

        Operand(ValType type, Place place, long value) {
            this.type = type;
            this.place = place;
            this.value = value;
        }
    }

    private final Emitter e;
    private final ToIntFunction<TypeKind> allocate;
    private final int[] localSlots;
    private final ArrayList<Operand> operands = new ArrayList<>();

    /** How many operands lie on the JVM's stack, and how many stand for locals: nobody looks for those that there are not. */
    private int onJvmStack;

    private int inLocals;
    private final Map<Integer, Integer> slots = new HashMap<>();
    private final int[] temporaries = new int[TypeKind.values().length];

    /** How many operands nobody has used or taken off since {@link #takeLow}. */
    private int low;

    /**
     * @param allocate gives a fresh JVM local for a kind
     * @param localSlots the JVM local of each guest local
     */
    OperandStack(Emitter e, ToIntFunction<TypeKind> allocate, int[] localSlots) {
        this.e = e;
        this.allocate = allocate;
        this.localSlots = localSlots;
    }

    int height() {
        return operands.size();
    }

    /** How many operands, from below, nobody has used or taken off since the last call. */
    int takeLow() {
        int result = Math.min(low, operands.size());
        low = operands.size();
        return result;
    }

    /** Notes that the top operands matter to the instruction, wherever they lie. */
    void use(int count) {
        low = Math.min(low, operands.size() - count);
    }

    /** The key that stands for a depth and type. */
    static int key(int depth, ValType type) {
        return depth << 3 | type.kind().ordinal();
    }

    /** The JVM local for a key. */
    int slot(int key) {
        return slots.computeIfAbsent(key, k -> allocate.applyAsInt(Emitter.kind(keyType(k))));
    }

    static ValType keyType(int key) {
        return ValType.values().get(key & 7);
    }

    private int slot(int depth, ValType type) {
        return slot(key(depth, type));
    }

    /** A JVM local that holds a value for a few instructions. */
    int temporary(TypeKind kind) {
        int i = kind.ordinal();
        if (temporaries[i] == 0) {
            temporaries[i] = allocate.applyAsInt(kind) + 1;
        }
        return temporaries[i] - 1;
    }

    /** The type of the operand at a depth. */
    ValType type(int depth) {
        return operands.get(depth).type;
    }

    private void add(ValType type, Place place, long value) {
        operands.add(new Operand(type, place, value));
        count(place, 1);
    }

    private Operand remove() {
        Operand operand = operands.removeLast();
        count(operand.place, -1);
        low = Math.min(low, operands.size());
        return operand;
    }

    private void put(Operand operand, Place place) {
        count(operand.place, -1);
        operand.place = place;
        count(place, 1);
    }

    private void count(Place place, int by) {
        if (place == Place.JVM_STACK) {
            onJvmStack += by;
        } else if (place == Place.LOCAL) {
            inLocals += by;
        }
    }

    /** Notes a value that was just left on the JVM's stack. */
    void push(ValType type) {
        add(type, Place.JVM_STACK, 0);
    }

    /** Notes a value that was stored in the slot of its depth. */
    void pushSlot(ValType type) {
        add(type, Place.SLOT, 0);
    }

    void pushConstant(ValType type, long bits) {
        add(type, Place.CONSTANT, bits);
    }

    void pushLocal(ValType type, int local) {
        add(type, Place.LOCAL, local);
    }

    /** The slot of the operand that is pushed next. */
    int nextSlot(ValType type) {
        return slot(operands.size(), type);
    }

    /** Loads the top operands on the JVM's stack, in order. */
    void load(int count) {
        int first = operands.size() - count;
        use(count);
        int k = first;
        while (k < operands.size() && operands.get(k).place == Place.JVM_STACK) {
            k++;
        }
        for (int i = operands.size() - 1; i > k; i--) {
            if (operands.get(i).place == Place.JVM_STACK) {
                spill(i);
            }
        }
        for (int i = k; i < operands.size(); i++) {
            Operand operand = operands.get(i);
            emitLoad(i, operand);
            put(operand, Place.JVM_STACK);
        }
    }

    private void emitLoad(int depth, Operand operand) {
        switch (operand.place) {
            case SLOT -> e.load(Emitter.kind(operand.type), slot(depth, operand.type));
            case CONSTANT -> e.constant(operand.type, operand.value);
            case LOCAL -> e.load(Emitter.kind(operand.type), localSlots[(int) operand.value]);
            case JVM_STACK -> throw new IllegalStateException();
        }
    }

    /** Takes the top operands off the JVM's stack, so that each can be loaded at any time and more than once. */
    void defer(int count) {
        for (int i = operands.size() - 1; i >= operands.size() - count; i--) {
            if (operands.get(i).place == Place.JVM_STACK) {
                spill(i);
            }
        }
    }

    /** Forgets the top operands, which were consumed. */
    void drop(int count) {
        for (int i = 0; i < count; i++) {
            remove();
        }
    }

    /** Loads the top operand on the JVM's stack and takes it off. */
    ValType pop() {
        load(1);
        return remove().type;
    }

    /** Takes the top operand off and throws it away. */
    void discard() {
        Operand top = remove();
        if (top.place == Place.JVM_STACK) {
            e.pop(Emitter.kind(top.type));
        }
    }

    /** The bits of a constant operand, or null. */
    Long constant(int fromTop) {
        Operand operand = operands.get(operands.size() - 1 - fromTop);
        return operand.place == Place.CONSTANT ? operand.value : null;
    }

    /** Makes a constant operand another. */
    void replaceConstant(int fromTop, long bits) {
        operands.get(operands.size() - 1 - fromTop).value = bits;
    }

    /** Emits the load of a deferred operand, wherever it is. */
    void loadDeferred(int fromTop) {
        int depth = operands.size() - 1 - fromTop;
        use(fromTop + 1);
        emitLoad(depth, operands.get(depth));
    }

    private void spill(int depth) {
        Operand operand = operands.get(depth);
        e.store(Emitter.kind(operand.type), slot(depth, operand.type));
        put(operand, Place.SLOT);
    }

    /** Empties the JVM's stack; every operand can still be loaded. */
    void spillAll() {
        for (int i = operands.size() - 1; onJvmStack > 0; i--) {
            if (operands.get(i).place == Place.JVM_STACK) {
                spill(i);
            }
        }
    }

    /** {@link #spillAll}, and also takes copies of locals that may change in what follows. */
    void settle() {
        spillAll();
        for (int i = operands.size() - 1; inLocals > 0; i--) {
            settleLocal(i, -1);
        }
    }

    /** Empties the JVM's stack but for the top operands, which may move. */
    void spillBelow(int count) {
        if (below(count) > 0) {
            spillAll();
        }
    }

    /** How many operands below the top ones lie on the JVM's stack. */
    private int below(int top) {
        int below = onJvmStack;
        for (int i = operands.size() - top; i < operands.size(); i++) {
            if (operands.get(i).place == Place.JVM_STACK) {
                below--;
            }
        }
        return below;
    }

    /** Before a local changes: operands that stand for it take its old value. */
    void beforeLocalChanges(int local) {
        for (int i = operands.size() - 1, left = inLocals; left > 0; i--) {
            if (operands.get(i).place == Place.LOCAL) {
                left--;
                settleLocal(i, local);
            }
        }
    }

    private void settleLocal(int depth, int local) {
        Operand operand = operands.get(depth);
        if (operand.place == Place.LOCAL && (local < 0 || operand.value == local)) {
            emitLoad(depth, operand);
            e.store(Emitter.kind(operand.type), slot(depth, operand.type));
            put(operand, Place.SLOT);
        }
    }

    /**
     * Moves the top operands into the slots of a branch target, and empties the JVM's stack on this path.
     * The operands stay as they are for the code that follows a conditional branch only if the JVM's
     * stack was empty before.
     */
    void moveTo(int height, int count) {
        int first = operands.size() - count;
        use(count);
        boolean inPlace = first == height;
        for (int i = first; inPlace && i < operands.size(); i++) {
            inPlace = operands.get(i).place == Place.SLOT;
        }
        if (!inPlace && count > 0) {
            load(count);
            for (int i = count - 1; i >= 0; i--) {
                ValType type = operands.get(first + i).type;
                e.store(Emitter.kind(type), slot(height + i, type));
                put(operands.get(first + i), Place.SLOT);
            }
        }
        for (int i = first - 1, left = below(count); left > 0; i--) {
            if (operands.get(i).place == Place.JVM_STACK) {
                left--;
                e.pop(Emitter.kind(operands.get(i).type));
            }
        }
    }

    /** Whether {@link #moveTo} would emit nothing. */
    boolean inPlace(int height, int count) {
        use(count);
        int first = operands.size() - count;
        for (int i = first; i < operands.size(); i++) {
            if (first != height || operands.get(i).place != Place.SLOT) {
                return false;
            }
        }
        return below(count) == 0;
    }

    /** Copies the top operands, none of which lies on the JVM's stack, into a branch target's slots. */
    void copyTo(int height, int count) {
        int first = operands.size() - count;
        use(count);
        if (first == height && inPlace(height, count)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            emitLoad(first + i, operands.get(first + i));
        }
        for (int i = count - 1; i >= 0; i--) {
            ValType type = operands.get(first + i).type;
            e.store(Emitter.kind(type), slot(height + i, type));
        }
    }

    /** Cuts the stack down to a height, at a point where the JVM's stack is known to be empty. */
    void truncate(int height) {
        while (operands.size() > height) {
            remove();
        }
    }

    /** The keys of all operands below the top ones that lie in slots. */
    int[] slotKeys(int exceptTop) {
        return IntStream.range(0, operands.size() - exceptTop)
                .filter(i -> operands.get(i).place == Place.SLOT)
                .map(i -> key(i, operands.get(i).type))
                .toArray();
    }

    /** The locals that operands stand for. */
    int[] locals() {
        return operands.stream().filter(operand -> operand.place == Place.LOCAL).mapToInt(operand -> (int) operand.value).toArray();
    }
}
