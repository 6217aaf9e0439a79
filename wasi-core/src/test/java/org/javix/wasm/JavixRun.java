package org.javix.wasm;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;

/** Runs a {@link RandomModule} here; where it pauses, its stack may be unwound, and it goes on in a fork. */
final class JavixRun {
    static final CompileOptions FORKING = new CompileOptions("forking", (module, imported) -> true);

    private final RandomModule random;

    /** Every so many pauses unwind; 0 for none. */
    private final int every;

    private int pauses;
    private Instance instance;

    private JavixRun(RandomModule random, int every) {
        this.random = random;
        this.every = every;
    }

    /**
     * Calls every export twice.
     *
     * @param every how many pauses there are to one that forks; 0 to fork nowhere
     */
    static List<String> run(RandomModule random, CompileOptions options, int every) {
        CompiledModule code = Compiler.compile(Module.decode(random.bytes()), options);
        return new JavixRun(random, every).run(code).lines;
    }

    private ModuleOutcome run(CompiledModule code) {
        HostFunction pause = new HostFunction("env", "pause", new FuncType(List.of(), List.of())) {
            @Override
            public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                if (every > 0 && ++pauses % every == 0) {
                    throw new Unwind("fork");
                }
                return 0;
            }
        };
        ModuleOutcome outcome = new ModuleOutcome();
        instance = code.instantiate(new Imports().add(pause));
        try {
            Random arguments = new Random(random.seed);
            for (int round = 0; round < 2; round++) {
                for (RandomModule.Export export : random.exports) {
                    random.random.setSeed(arguments.nextLong());
                    call(export, outcome);
                }
            }
            state(outcome);
        } finally {
            instance.close();
        }
        return outcome;
    }

    private void call(RandomModule.Export export, ModuleOutcome outcome) {
        FuncType type = export.type();
        long[] slots = new long[Math.max(1, Math.max(type.parameterSlots(), type.resultSlots()))];
        long[] given = random.anyArguments(type);
        System.arraycopy(given, 0, slots, 0, given.length);
        java.util.Arrays.fill(instance.references, null);
        try {
            slots = callForking(instance.exportedFunction(export.name()), slots);
            boolean[] nulls = new boolean[slots.length];
            int at = 0;
            for (int i = 0; i < type.results().size(); i++) {
                nulls[at] = type.results().get(i).isReference() && instance.references[at] == null;
                at += type.results().get(i) == ValType.V128 ? 2 : 1;
            }
            outcome.returned(export.name(), type, slots, nulls);
        } catch (Trap trap) {
            outcome.trapped(export.name(), trap.kind().text());
        } catch (WasmException e) {
            int tag = List.of(instance.tags).indexOf(e.tag);
            outcome.threw(export.name(), tag, random.tags.get(tag), e.values);
        }
    }

    /** Calls a function; at each unwinding, the rest runs in a fork, and the original is closed. */
    private long[] callForking(FuncRef function, long[] slots) {
        Unwind unwind;
        try {
            instance.invoke(function, slots);
            return slots;
        } catch (Unwind e) {
            unwind = e;
        }
        while (true) {
            Instance parent = instance;
            instance = parent.fork();
            parent.close();
            try {
                long result = instance.resume(unwind.frames(), 0);
                return function.type().resultSlots() == 1 ? new long[] {result} : instance.results;
            } catch (Unwind e) {
                unwind = e;
            }
        }
    }

    private void state(ModuleOutcome outcome) {
        for (int i = 0; i < instance.memories.length; i++) {
            outcome.memory(i, instance.memories[i].segment().toArray(ValueLayout.JAVA_BYTE));
        }
        for (int g = 0; g < random.globals.size(); g++) {
            ValType type = random.globals.get(g);
            if (!type.isReference()) {
                Global global = instance.global(g);
                outcome.global(g, type, global.get(), type == ValType.V128 ? global.getHigh() : 0);
            }
        }
        for (int t = 0; t < instance.tables.length; t++) {
            Object[] elements = instance.tables[t].elements;
            boolean[] nulls = new boolean[elements.length];
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] = elements[i] == null;
            }
            outcome.table(t, nulls);
        }
    }
}
