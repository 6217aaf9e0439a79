package org.javix.wasm;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Lets exceptions arrive in a function that come from where its compiler expected none: from an instruction that faults,
 * or from a safepoint. A C compiler puts a function that calls setjmp into a {@code try}, but only its calls.
 *
 * <p>At a {@linkplain CompileOptions#jumpPoint jump point}, the locals are saved in an array, which is kept in a JVM
 * local; all but those that no handler around a jump point needs. A handler around the whole body, behind those of all its
 * {@code try} blocks, puts them back, and goes on in the handler of the {@code try} around the jump point: as if the jump
 * point itself had thrown. What the compiler of the
 * guest keeps in locals is then as that handler may expect it. The array is used once: landing there, the function
 * comes by the jump point again.
 */
final class JumpPoints {
    private final FunctionScope scope;
    private final FunctionBody body;
    private final Emitter e;
    private final ExceptionCompiler exceptions;

    /** The JVM local of the array: the jump point's number, and the locals; null for none. */
    private final int savedSlot;

    /** The locals that are saved. */
    private final int[] kept;

    /** Where exceptions are passed on to the try around each jump point. */
    private final List<Label> entries = new ArrayList<>();

    JumpPoints(FunctionScope scope, Suspension suspension, ExceptionCompiler exceptions) {
        this.scope = scope;
        this.body = scope.body;
        this.e = scope.e;
        this.exceptions = exceptions;
        this.savedSlot = body.hasJumpPoints() ? suspension.exceptionSlot(0) : -1;
        this.kept = body.hasJumpPoints() ? scope.plan.keptByJumpPoints.stream().toArray() : null;
    }

    /** How many places for exceptions, from the first, are taken. */
    int exceptionSlots() {
        return savedSlot < 0 ? 0 : 1;
    }

    /**
     * The locals that jump points save: the numbers that a handler around one of them needs. Those are few, since clang keeps what
     * outlives a setjmp in memory; saving all at each point would make a function with many points too large for the JVM.
     */
    static BitSet kept(FunctionBody body, BodyTrace trace) {
        BitSet kept = new BitSet();
        if (!body.splittable() || (long) body.length * body.locals.length > 4 * CutChoice.MOST_WORK) {
            kept.set(0, body.locals.length);
        } else {
            BitSet points = new BitSet();
            for (int i = 0; i < body.length; i++) {
                points.set(i, body.opcodes[i] == Opcodes.JUMP_POINT);
            }
            Liveness liveness = new Liveness(body, trace, new BodyStructure(body, trace), points);
            points.stream().forEach(point -> kept.or(liveness.handled(point)));
        }
        for (int local = 0; local < body.locals.length; local++) {
            if (body.locals[local].isReference()) {
                kept.clear(local);
            }
        }
        return kept;
    }

    /** At a jump point within a try. */
    void point(Label entry) {
        e.newArray(TypeKind.LONG, kept.length + 1);
        e.dup();
        e.constant(0);
        e.constant((long) entries.size());
        e.arrayStore(TypeKind.LONG);
        for (int k = 0; k < kept.length; k++) {
            ValType type = body.locals[kept[k]];
            e.dup();
            e.constant(k + 1);
            e.load(Emitter.kind(type), scope.localSlots[kept[k]]);
            e.toRaw(type);
            e.arrayStore(TypeKind.LONG);
        }
        e.store(TypeKind.REFERENCE, savedSlot);
        entries.add(entry);
    }

    /** Behind a body and its handlers. */
    void finish(Label start, Label end) {
        if (entries.isEmpty()) {
            return;
        }
        Label arrive = e.label();
        Label known = e.label();
        exceptions.catchAll(start, end, e.label(), arrive);
        e.load(TypeKind.REFERENCE, savedSlot);
        e.branch(Opcode.IFNONNULL, known);
        e.throwIt();

        e.bind(known);
        int saved = scope.stack.temporary(TypeKind.REFERENCE);
        e.load(TypeKind.REFERENCE, savedSlot);
        e.checkCast(Emitter.LONGS);
        e.store(TypeKind.REFERENCE, saved);
        e.nullReference();
        e.store(TypeKind.REFERENCE, savedSlot);
        for (int k = 0; k < kept.length; k++) {
            ValType type = body.locals[kept[k]];
            e.load(TypeKind.REFERENCE, saved);
            e.constant(k + 1);
            e.arrayLoad(TypeKind.LONG);
            e.fromRaw(type);
            e.store(Emitter.kind(type), scope.localSlots[kept[k]]);
        }
        e.load(TypeKind.REFERENCE, saved);
        e.constant(0);
        e.arrayLoad(TypeKind.LONG);
        e.convert(TypeKind.LONG, TypeKind.INT);
        e.tableSwitch(0, entries, entries.getFirst());
    }
}
