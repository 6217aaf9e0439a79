package org.javix.wasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;
import org.javix.wasm.Sexpr.Text;

/** One script of the official suite, run command by command. */
final class SpecScript {
    /** What became of a command that did not fail. */
    private enum Outcome {
        PASSED,
        /** It is about the text format, which is no part of the engine. */
        TEXT,
        /** It needs a feature that is not supported. */
        UNSUPPORTED,
        /** It is listed. */
        EXCLUDED
    }

    private final String name;
    private final String source;
    private final SpecExclusions exclusions;
    private final SpecMachine machine;

    private final int[] counts = new int[Outcome.values().length];

    /** Where and how commands failed, and which were unsupported. */
    final List<String> failures = new ArrayList<>();

    final List<String> unsupported = new ArrayList<>();

    SpecScript(String name, String source, SpecExclusions exclusions, CompileOptions options) {
        this.machine = new SpecMachine(options);
        this.name = name;
        this.source = source;
        this.exclusions = exclusions;
    }

    int passed() {
        return counts[Outcome.PASSED.ordinal()];
    }

    int text() {
        return counts[Outcome.TEXT.ordinal()];
    }

    int unsupported() {
        return counts[Outcome.UNSUPPORTED.ordinal()];
    }

    int excluded() {
        return counts[Outcome.EXCLUDED.ordinal()];
    }

    /** Runs all commands. */
    void run() {
        for (Sexpr command : Sexpr.parse(source)) {
            Node node = (Node) command;
            Outcome outcome = Outcome.EXCLUDED;
            if (!exclusions.command(name, node.line())) {
                try {
                    outcome = command(node);
                } catch (Throwable e) {
                    if (!isUnsupported(e)) {
                        failures.add(name + ":" + node.line() + " " + node.head() + ": " + e);
                        continue;
                    }
                    outcome = Outcome.UNSUPPORTED;
                }
            }
            if (outcome == Outcome.UNSUPPORTED) {
                unsupported.add(name + ":" + node.line());
            }
            counts[outcome.ordinal()]++;
        }
    }

    private static boolean isUnsupported(Throwable e) {
        return e instanceof SpecMachine.Unsupported
                || (e instanceof WatException || e instanceof InvalidModuleException)
                        && e.getMessage().contains("unsupported:");
    }

    private Outcome command(Node command) throws Unwind {
        Items in = new Items(command, 1);
        switch (command.head()) {
            case "module" -> module(command);
            case "register" -> machine.register(in.text().utf8(), in.id());
            case "invoke" -> new Action(command).run();
            case "assert_invalid" -> {
                return rejected(in.node(), in.text(), false);
            }
            case "assert_malformed" -> {
                return rejected(in.node(), in.text(), true);
            }
            case "assert_malformed_custom", "assert_invalid_custom" -> {
                return Outcome.TEXT;
            }
            case "assert_return" -> new Action(in.node()).returns(in.nodes());
            case "assert_trap", "assert_exhaustion" -> {
                Node action = in.node();
                fails(action, Trap.class, in.text().utf8());
            }
            case "assert_unlinkable" -> {
                Node module = in.node();
                fails(module, LinkException.class, in.text().utf8());
            }
            case "assert_exception" -> fails(in.node(), WasmException.class, "");
            default -> throw new AssertionError("unknown command " + command.head());
        }
        return Outcome.PASSED;
    }

    private void module(Node command) throws Unwind {
        Items in = new Items(command, 1);
        if (in.takeAtom("instance")) {
            machine.instantiate(in.id(), in.id());
            return;
        }
        boolean definition = in.takeAtom("definition");
        String id = in.id();
        if (definition) {
            machine.define(id, Module.decode(binary(command)));
        } else {
            machine.keep(id, null);
            machine.instantiate(id, Module.decode(binary(command)));
        }
    }

    /** An action or instantiation must fail in this way. */
    private void fails(Node action, Class<? extends RuntimeException> how, String message) throws Unwind {
        try {
            if (action.is("module")) {
                machine.instantiate(Module.decode(binary(action)));
            } else {
                new Action(action).run();
            }
        } catch (Trap | LinkException | WasmException e) {
            String text = String.valueOf(e.getMessage());
            if (!how.isInstance(e) || !text.startsWith(message) && !message.startsWith(text)) {
                throw new AssertionError("expected: " + message + ", but: " + e, e);
            }
            return;
        }
        throw new AssertionError("succeeded, but expected: " + message);
    }

    /** {@code invoke} or {@code get}. */
    private final class Action {
        private final Node node;
        private final Instance instance;
        private final String export;
        private final List<Node> arguments;
        private long[] slots = {0};
        private Object[] references = {null};

        Action(Node node) {
            this.node = node;
            Items in = new Items(node, 1);
            String id = in.id();
            this.instance = machine.instance(id);
            this.export = in.text().utf8();
            this.arguments = in.nodes();
        }

        void run() throws Unwind {
            if (node.is("get")) {
                Global global = instance.exportedGlobal(export);
                if (global.type().type().isReference()) {
                    references[0] = global.getReference();
                } else {
                    slots = new long[] {global.get(), global.type().type() == ValType.V128 ? global.getHigh() : 0};
                }
                return;
            }
            FuncRef function = instance.exportedFunction(export);
            slots = new long[Math.max(1, Math.max(function.type().parameterSlots(), function.type().resultSlots()))];
            int at = 0;
            for (Node argument : arguments) {
                SpecValues.put(argument, at, slots, instance.references);
                at += SpecValues.slots(argument);
            }
            instance.invoke(function, slots);
            references = instance.references;
        }

        void returns(List<Node> expected) throws Unwind {
            run();
            int at = 0;
            for (Node result : expected) {
                if (!SpecValues.matches(result, at, slots, references)) {
                    throw new AssertionError(String.format(
                            "%s: expected %s, but in %d: %s %s",
                            export, result, at, HexFormat.ofDelimiter(" ").formatHex(SpecValues.bytes(slots)), references[at]));
                }
                at += SpecValues.slots(result);
            }
        }
    }

    /** A module that must be refused. */
    private static Outcome rejected(Node module, Text fault, boolean malformed) {
        boolean quoted = module.items().stream().anyMatch(item -> item.isAtom("quote"));
        if (quoted && malformed) {
            return Outcome.TEXT;
        }
        try {
            Module.decode(binary(module));
        } catch (InvalidModuleException e) {
            String message = e.getMessage().substring(e.getMessage().indexOf(": ") + 2);
            if (isUnsupported(e)) {
                throw e;
            }
            if (e.malformed() != malformed || !message.startsWith(fault.utf8())) {
                throw new AssertionError("expected: " + fault.utf8() + ", but: " + message);
            }
            return Outcome.PASSED;
        }
        throw new AssertionError("accepted, but: " + fault.utf8());
    }

    /** The binary of a module of any form. */
    static byte[] binary(Node module) {
        Items in = new Items(module, 1);
        in.takeAtom("definition");
        in.id();
        if (in.takeAtom("binary")) {
            return in.strings();
        }
        if (in.takeAtom("quote")) {
            return WatModule.assemble(new String(in.strings(), StandardCharsets.ISO_8859_1));
        }
        return WatModule.assemble(in);
    }
}
