package org.javix.wasm;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.util.List;

/** A structured instruction that is being compiled. */
final class Control {
    /** When a loop polls: never, in each iteration, or when as many were counted, where one starts or where it ends. */
    enum Polls {
        NEVER,
        ALWAYS,
        COUNTING_STARTS,
        COUNTING_ENDS
    }

    final int opcode;
    final int start;
    final FuncType type;
    final int height;
    /** Where a branch to it goes: the place of a loop that counts and polls, else the end. */
    final Label label;
    /** The headers of a loop: of the outer one and of the inner one. */
    Label outer;

    Label inner;

    /** Of a loop that does not poll; else null. */
    ShortLoop shortLoop;

    /** Of a loop. */
    Polls polls;

    /** Of a loop: how many copies of its body are left to compile, this one included. */
    int copies = 1;

    /** Of a loop: where those go that come to the end of its body, and whether some do. */
    Label after;

    boolean falls;

    Label otherwise;
    boolean used;

    /** The {@link CaseLocal} of a switch that branches to it. */
    int caseLocal = CaseLocal.NONE;

    /** At the end, or at else or a loop's header: whether the local that holds the memory is up to date. */
    boolean endFresh = true;
    boolean otherwiseFresh;
    Label tryStart;
    /** Of a try: where the JVM's exceptions arrive. */
    Label handler;

    /** Of a try: where its handler goes, and other code that passes exceptions on; they lie on the JVM's stack. */
    Label entry;
    int exceptionSlot = -1;
    boolean catching;
    boolean catchesAll;
    /** An if whose else has not come yet. */
    boolean elsePending;

    Control(int opcode, int start, FuncType type, int height, Label label) {
        this.opcode = opcode;
        this.start = start;
        this.type = type;
        this.height = height;
        this.label = label;
    }

    /** The next copy of a loop. */
    Control nextCopy(Label label) {
        Control next = new Control(opcode, start, type, height, label);
        next.outer = outer;
        next.inner = inner;
        next.polls = polls;
        next.copies = copies - 1;
        next.after = after;
        next.falls = falls;
        next.otherwiseFresh = otherwiseFresh;
        return next;
    }

    /** The condition of a branch to it. A short loop has only the one that it goes on by. */
    Opcode when(Opcode condition) {
        return shortLoop == null ? condition : shortLoop.goesOn(condition);
    }

    List<ValType> branchTypes() {
        return opcode == Opcodes.LOOP ? type.params() : type.results();
    }
}
