package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** Fills a new instance (WebAssembly specification, section 4.5.4). */
final class Instantiation {
    /** So many characters of names stand in messages. */
    private static final int MOST_CHARS = 200;

    private final Instance instance;
    private final Module module;
    private final Imports imports;
    private final InstanceOptions options;
    private final ConstantExpression constants;

    Instantiation(Instance instance, Imports imports, InstanceOptions options) {
        this.instance = instance;
        this.module = instance.code.module();
        this.imports = imports;
        this.options = options;
        this.constants = new ConstantExpression(instance);
    }

    Instance run() {
        CompiledModule code = instance.code;
        instance.results = new long[code.mostValues()];
        instance.references = new Object[code.mostValues()];
        instance.imports = new FuncRef[module.importedFunctions()];
        instance.hosts = new HostFunction[module.importedFunctions()];
        instance.tables = new Table[module.tables().size()];
        instance.memories = new Memory[module.memories().size()];
        instance.tags = new Tag[module.tags().length];
        for (Module.Import wanted : module.imports()) {
            link(wanted);
        }
        defineMemories(code);
        defineGlobals(code);
        defineTables(code);
        for (int i = 0; i < instance.tags.length; i++) {
            if (instance.tags[i] == null) {
                instance.tags[i] = new Tag(module.types().get(module.tags()[i]));
            }
        }
        fillTables();
        fillMemories();
        if (module.start() >= 0) {
            try {
                instance.call(instance.function(module.start()));
            } catch (Unwind e) {
                throw new LinkException("the start function was unwound");
            }
        }
        return instance;
    }

    /** After a failure: gives the memories back, unless a table or global of others may have got a function that uses them. */
    void undo() {
        boolean mayBeUsed = module.imports().stream()
                .anyMatch(wanted -> wanted.kind() == Module.Kind.TABLE || wanted.kind() == Module.Kind.GLOBAL);
        for (int i = instance.code.importedMemories(); !mayBeUsed && instance.memories != null && i < instance.memories.length; i++) {
            if (instance.memories[i] != null) {
                instance.memories[i].close();
            }
        }
    }

    // ---- Imports ----

    private void link(Module.Import wanted) {
        Object offered = imports.find(wanted.module(), wanted.name());
        if (offered == null) {
            throw new LinkException("unknown import " + printable(wanted));
        }
        int i = wanted.index();
        boolean fits = switch (offered) {
            case FuncRef function when wanted.kind() == Module.Kind.FUNCTION -> {
                HostFunction host = function.host() != null
                        ? function.host()
                        : new LinkedFunction(wanted.module(), wanted.name(), function);
                instance.hosts[i] = instance.trace() == null ? host : new TracedFunction(host, instance.trace());
                instance.imports[i] = instance.trace() == null ? function : new FuncRef(instance.hosts[i]);
                yield function.type().equals(module.functionType(i));
            }
            case Memory memory when wanted.kind() == Module.Kind.MEMORY -> {
                instance.memories[i] = memory;
                Module.MemoryType type = module.memories().get(i);
                yield type.shared() == memory.type().shared()
                        && type.address64() == memory.type().address64()
                        && fits(type.limits(), memory.pages(), memory.type().limits().max());
            }
            case Table table when wanted.kind() == Module.Kind.TABLE -> {
                instance.tables[i] = table;
                Module.TableType type = module.tables().get(i);
                yield type.element().equals(table.type().element())
                        && type.address64() == table.type().address64()
                        && fits(type.limits(), table.size(), table.type().limits().max());
            }
            case Global global when wanted.kind() == Module.Kind.GLOBAL -> {
                instance.bindGlobal(i, global);
                yield fits(module.globals().get(i), global.type());
            }
            case Tag tag when wanted.kind() == Module.Kind.TAG -> {
                instance.tags[i] = tag;
                yield tag.type().equals(module.types().get(module.tags()[i]));
            }
            default -> false;
        };
        if (!fits) {
            throw new LinkException("incompatible import type of " + printable(wanted));
        }
    }

    /** An import's names in one line, whatever they are. */
    private static String printable(Module.Import wanted) {
        String names = wanted.module() + "." + wanted.name();
        String start = names.length() > MOST_CHARS ? names.substring(0, MOST_CHARS) + "…" : names;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean fits(Module.GlobalType wanted, Module.GlobalType offered) {
        return wanted.mutable()
                ? offered.equals(wanted)
                : !offered.mutable() && offered.type().isSubtypeOf(wanted.type());
    }

    private static boolean fits(Module.Limits wanted, long size, long max) {
        return Long.compareUnsigned(size, wanted.min()) >= 0
                && (wanted.max() == -1 || max != -1 && Long.compareUnsigned(max, wanted.max()) <= 0);
    }

    // ---- Definitions ----

    private void defineMemories(CompiledModule code) {
        for (int i = code.importedMemories(); i < instance.memories.length; i++) {
            instance.memories[i] = new Memory(module.memories().get(i), options.memoryPages());
        }
        if (instance.protectsPages()) {
            for (Memory memory : instance.memories) {
                memory.protect();
            }
        }
        instance.attachMemory();
        List<Module.DataSegment> segments = module.data();
        instance.data = new MemorySegment[segments.size()];
        MemorySegment binary = MemorySegment.ofArray(module.bytes());
        for (int i = 0; i < instance.data.length; i++) {
            Module.DataSegment segment = segments.get(i);
            instance.data[i] = binary.asSlice(segment.start(), segment.end() - segment.start());
        }
    }

    private void defineGlobals(CompiledModule code) {
        for (int i = 0; i < module.globalInits().size(); i++) {
            int index = code.importedGlobals() + i;
            int start = module.globalInits().get(i).start();
            if (module.globals().get(index).type().isReference()) {
                instance.setGlobalReference(index, constants.reference(start));
            } else {
                instance.setGlobal(index, constants.number(start));
                if (module.globals().get(index).type() == ValType.V128) {
                    instance.setGlobalHigh(index, constants.high());
                }
            }
        }
    }

    private void defineTables(CompiledModule code) {
        for (int i = 0; i < module.tableInits().size(); i++) {
            Table table = new Table(module.tables().get(code.importedTables() + i), options.tableElements());
            instance.tables[code.importedTables() + i] = table;
            int start = module.tableInits().get(i).start();
            if (start >= 0) {
                java.util.Arrays.fill(table.elements, constants.reference(start));
            }
        }
    }

    private void fillTables() {
        List<Module.ElementSegment> segments = module.elements();
        instance.elements = new Object[segments.size()][];
        for (int i = 0; i < segments.size(); i++) {
            Module.ElementSegment segment = segments.get(i);
            if (segment.mode() != Module.Mode.DECLARATIVE) {
                instance.elements[i] = elements(segment);
            }
            if (segment.mode() == Module.Mode.ACTIVE) {
                Table table = instance.tables[segment.table()];
                Ops.tableInit(tableOffset(segment.offsetStart(), table.type().address64()), 0, instance.elements[i].length, table, i, instance);
                instance.elements[i] = null;
            }
        }
    }

    private Object[] elements(Module.ElementSegment segment) {
        if (segment.functions() != null) {
            Object[] elements = new Object[segment.functions().length];
            for (int k = 0; k < elements.length; k++) {
                elements[k] = instance.function(segment.functions()[k]);
            }
            return elements;
        }
        Object[] elements = new Object[segment.expressions().length];
        for (int k = 0; k < elements.length; k++) {
            elements[k] = constants.reference(segment.expressions()[k]);
        }
        return elements;
    }

    private int tableOffset(int start, boolean address64) {
        long value = constants.number(start);
        return address64 ? Ops.tableIndex(value) : (int) value;
    }

    private long memoryOffset(int start, boolean address64) {
        long value = constants.number(start);
        return address64 ? value : value & 0xffff_ffffL;
    }

    private void fillMemories() {
        List<Module.DataSegment> segments = module.data();
        for (int i = 0; i < segments.size(); i++) {
            Module.DataSegment segment = segments.get(i);
            if (segment.mode() != Module.Mode.ACTIVE) {
                continue;
            }
            Memory memory = Objects.requireNonNull(instance.memories[segment.memory()]);
            int length = segment.end() - segment.start();
            Ops.memoryInit(memoryOffset(segment.offsetStart(), memory.type().address64()), 0, length, memory.view(), i, instance);
            instance.data[i] = null;
        }
    }
}
