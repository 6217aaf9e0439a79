package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Compiles the blocks that catch exceptions. */
final class TryCompiler {
    private static final int MOST_TRIES = 100;

    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final MemoryAccess memory;
    private final Branches branches;
    private final Suspension suspension;
    private final ExceptionCompiler exceptions;
    private final JumpPoints jumpPoints;

    /** How many caught exceptions there can be here. */
    private int depth;

    /** Where exceptions go that are delegated to the caller. */
    private Label rethrow;

    TryCompiler(FunctionScope scope, Branches branches, Suspension suspension, ExceptionCompiler exceptions) {
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.memory = scope.memory;
        this.branches = branches;
        this.suspension = suspension;
        this.exceptions = exceptions;
        this.jumpPoints = new JumpPoints(scope, suspension, exceptions);
        this.depth = jumpPoints.exceptionSlots();
    }

    /** At the function's end, of which the labels are the first and the last place. */
    void finish(Label start, Label end) {
        if (rethrow != null) {
            e.bind(rethrow);
            e.throwIt();
        }
        jumpPoints.finish(start, end);
    }

    /** {@code try} and {@code try_table}. */
    void beginTry(int i) {
        if (depth == MOST_TRIES) {
            throw new UnsupportedFeature("nesting of more than " + MOST_TRIES + " try blocks");
        }
        Control control = branches.begin(i, e.label());
        control.tryStart = e.label();
        control.handler = e.label();
        control.entry = e.label();
        control.exceptionSlot = suspension.exceptionSlot(depth++);
        e.bind(control.tryStart);
        // A range of no instructions would be no range.
        e.nop();
    }

    /** Where a jump may arrive ({@link JumpPoints}): within the try around it. */
    void jumpPoint() {
        int around = branches.controls.size() - 1;
        while (around > 0 && !protects(branches.controls.get(around))) {
            around--;
        }
        // Operands below the try would have to be put back as well; C compilers leave none there.
        if (around > 0 && branches.controls.get(around).height == 0) {
            stack.spillAll();
            jumpPoints.point(branches.controls.get(around).entry);
        }
        stack.pushConstant(ValType.I32, 0);
    }

    /** Ends the protected part: what is thrown in it arrives at the handler. */
    private void closeTry(Control control) {
        Label tryEnd = e.label();
        e.bind(tryEnd);
        exceptions.catchAll(control.tryStart, tryEnd, control.handler, control.entry);
        e.store(TypeKind.REFERENCE, control.exceptionSlot);
        control.catching = true;
        stack.truncate(control.height);
        memory.forget();
    }

    /** {@code catch} and {@code catch_all}. */
    void beginCatch(int i) {
        Control control = branches.controls.getLast();
        branches.finishArm(control);
        if (!control.catching) {
            closeTry(control);
        } else {
            stack.truncate(control.height);
            memory.forget();
            e.bind(control.otherwise);
        }
        if (body.opcodes[i] == CATCH) {
            control.otherwise = e.label();
            int tag = (int) body.immediates[i];
            exceptions.testTag(control, tag, control.otherwise);
            exceptions.pushValues(control, tag);
        } else {
            control.catchesAll = true;
        }
        branches.reachable = true;
    }

    /** The end of a {@code try}. */
    void endTry(Control control) {
        branches.finishArm(control);
        depth--;
        if (control.catchesAll) {
            return;
        }
        if (control.catching) {
            e.bind(control.otherwise);
        } else {
            closeTry(control);
        }
        exceptions.load(control);
        e.throwIt();
    }

    /** {@code delegate}. */
    void endDelegate(int i) {
        Control control = branches.controls.removeLast();
        branches.finishArm(control);
        depth--;
        Label tryEnd = e.label();
        e.bind(tryEnd);
        e.handler(control.tryStart, tryEnd, control.handler, ExceptionCompiler.EXCEPTION);
        e.bind(control.handler);
        e.nop();
        e.bind(control.entry);
        // Label 0 is the block around the try; the nearest try from there on handles the exception.
        int target = branches.controls.size() - 1 - (int) body.immediates[i];
        while (target > 0 && !protects(branches.controls.get(target))) {
            target--;
        }
        if (target > 0) {
            e.goTo(branches.controls.get(target).entry);
        } else {
            if (rethrow == null) {
                rethrow = e.label();
            }
            e.goTo(rethrow);
        }
        branches.reachable = false;
        if (control.used) {
            e.bind(control.label);
            stack.truncate(control.height);
            control.type.results().forEach(stack::pushSlot);
            memory.setFresh(control.endFresh);
            branches.reachable = true;
        }
    }

    private static boolean protects(Control control) {
        return (control.opcode == TRY || control.opcode == TRY_TABLE) && !control.catching;
    }

    /** The end of a {@code try_table}. */
    void endTryTable(Control control) {
        branches.finishArm(control);
        depth--;
        closeTry(control);
        FunctionBody.TryTable table = (FunctionBody.TryTable) body.objects[control.start];
        boolean all = false;
        for (int[] clause : table.catches()) {
            int kind = clause[0];
            Label otherwise = e.label();
            if (kind < 2) {
                exceptions.testTag(control, clause[1], otherwise);
                exceptions.pushValues(control, clause[1]);
            }
            if ((kind & 1) == 1) {
                e.load(TypeKind.REFERENCE, control.exceptionSlot);
                e.store(TypeKind.REFERENCE, stack.nextSlot(ValType.EXNREF));
                stack.pushSlot(ValType.EXNREF);
            }
            branches.branch(branches.control(clause[2]));
            stack.truncate(control.height);
            if (kind >= 2) {
                all = true;
                break;
            }
            e.bind(otherwise);
        }
        if (!all) {
            exceptions.load(control);
            e.throwIt();
        }
        branches.reachable = false;
    }
}
