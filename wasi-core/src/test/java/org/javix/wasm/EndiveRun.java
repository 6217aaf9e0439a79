package org.javix.wasm;

import java.util.List;
import java.util.Random;
import run.endive.runtime.CallResult;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;
import run.endive.runtime.WasmException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.FunctionType;

/** Runs a {@link RandomModule} in another engine, Endive's interpreter. */
final class EndiveRun {
    private EndiveRun() {}

    /** Calls every export twice, as {@link JavixRun} does. */
    static List<String> run(RandomModule random) {
        ModuleOutcome outcome = new ModuleOutcome();
        HostFunction pause =
                new HostFunction("env", "pause", FunctionType.of(List.of(), List.of()), (caller, arguments) -> new long[0]);
        Instance instance = Instance.builder(Parser.parse(random.bytes()))
                .withImportValues(ImportValues.builder().addFunction(pause).build())
                .build();
        Random arguments = new Random(random.seed);
        for (int round = 0; round < 2; round++) {
            for (RandomModule.Export export : random.exports) {
                random.random.setSeed(arguments.nextLong());
                call(instance, random, export, outcome);
            }
        }
        for (int i = 0; i < random.memories.size(); i++) {
            var memory = instance.memory(i);
            outcome.memory(i, memory.readBytes(0, memory.pages() * Memory.PAGE));
        }
        for (int g = 0; g < random.globals.size(); g++) {
            ValType type = random.globals.get(g);
            if (!type.isReference()) {
                outcome.global(g, type, instance.global(g).getValueLow(), 0);
            }
        }
        for (int t = 0; t < 2; t++) {
            var table = instance.table(t);
            boolean[] nulls = new boolean[table.size()];
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] = t == 0 ? isNull(table.ref(i)) : table.objRef(i) == null;
            }
            outcome.table(t, nulls);
        }
        return outcome.lines;
    }

    /** Endive's references are numbers; -1 is null. */
    private static boolean isNull(long reference) {
        return (int) reference == -1;
    }

    private static void call(Instance instance, RandomModule random, RandomModule.Export export, ModuleOutcome outcome) {
        FuncType type = export.type();
        long[] given = random.anyArguments(type);
        for (int i = 0; i < given.length; i++) {
            if (type.params().get(i).isReference()) {
                given[i] = -1;
            }
        }
        try {
            CallResult result = instance.export(export.name()).applyWithRefs(given, new Object[given.length]);
            long[] results = result.longs() == null ? new long[0] : result.longs();
            boolean[] nulls = new boolean[type.results().size()];
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] = switch (type.results().get(i).kind()) {
                    case FUNCREF -> isNull(results[i]);
                    case EXTERNREF -> result.refs() == null || result.refs()[i] == null;
                    default -> false;
                };
            }
            outcome.returned(export.name(), type, results, nulls);
        } catch (WasmException e) {
            outcome.threw(export.name(), e.tagIdx(), random.tags.get(e.tagIdx()), e.args());
        } catch (TrapException e) {
            outcome.trapped(export.name(), inOurWords(e.getMessage()));
        } catch (WasmEngineException e) {
            outcome.trapped(export.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Endive has words of its own for some traps. */
    private static String inOurWords(String trap) {
        return switch (trap) {
            case "Trapped on unreachable instruction" -> "unreachable";
            case "Trapped on throw_ref on null reference" -> "null reference";
            default -> trap;
        };
    }
}
