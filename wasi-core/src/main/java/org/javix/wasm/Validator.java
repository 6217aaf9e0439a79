package org.javix.wasm;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.javix.wasm.Module.Code;
import org.javix.wasm.Module.DataSegment;
import org.javix.wasm.Module.ElementSegment;
import org.javix.wasm.Module.Export;
import org.javix.wasm.Module.GlobalInit;
import org.javix.wasm.Module.Kind;
import org.javix.wasm.Module.Limits;
import org.javix.wasm.Module.MemoryType;
import org.javix.wasm.Module.Mode;
import org.javix.wasm.Module.TableInit;
import org.javix.wasm.Module.TableType;

/** Validates a module (WebAssembly specification, section 3.5). */
final class Validator {
    private final Module module;

    /** Functions that bodies may name in {@code ref.func}. */
    private final BitSet declared = new BitSet();

    private final FunctionValidator code;

    /** What is being validated outside of code: its kind if it may be imported, the section of others, and its number. */
    private Kind kind;

    private int section;
    private int item;

    Validator(Module module) {
        this.module = module;
        this.code = new FunctionValidator(module, declared);
    }

    void validate() {
        types();
        tables();
        for (int i = 0; i < module.memories().size(); i++) {
            at(Kind.MEMORY, Decoder.MEMORIES, i);
            memory(module.memories().get(i));
        }
        globals();
        exports();
        start();
        in(Decoder.ELEMENTS);
        for (item = 0; item < module.elements().size(); item++) {
            element(module.elements().get(item));
        }
        in(Decoder.DATA);
        for (item = 0; item < module.data().size(); item++) {
            data(module.data().get(item));
        }
        int function = module.importedFunctions();
        for (Code body : module.code()) {
            code.function(module.functionType(function++), body);
        }
    }

    /** Validates the n-th of a kind next, which is imported or has its own section. */
    private void at(Kind nextKind, int ownSection, int index) {
        kind = nextKind;
        section = ownSection;
        item = index;
    }

    /** Validates items of a section that cannot be imported. */
    private void in(int nextSection) {
        at(null, nextSection, 0);
    }

    /** Where what is being validated starts. */
    private int offset() {
        int imported = 0;
        for (int i = 0; i < module.imports().size(); i++) {
            if (module.imports().get(i).kind() == kind && imported++ == item) {
                return Decoder.offsetOf(module.bytes(), Decoder.IMPORTS, i);
            }
        }
        return Decoder.offsetOf(module.bytes(), section, item - imported);
    }

    private void types() {
        for (int f = 0; f < module.functions().length; f++) {
            at(Kind.FUNCTION, Decoder.FUNCTIONS, f);
            known("type", module.functions()[f], module.types().size());
        }
        for (int tag = 0; tag < module.tags().length; tag++) {
            at(Kind.TAG, Decoder.TAGS, tag);
            int type = module.tags()[tag];
            known("type", type, module.types().size());
            if (!module.types().get(type).results().isEmpty()) {
                throw invalid("non-empty tag result type");
            }
        }
    }

    private void tables() {
        int imported = module.tables().size() - module.tableInits().size();
        for (int i = 0; i < module.tables().size(); i++) {
            at(Kind.TABLE, Decoder.TABLES, i);
            TableType table = module.tables().get(i);
            table(table);
            if (i >= imported && module.tableInits().get(i - imported).start() < 0 && !table.element().hasDefault()) {
                throw invalid("type mismatch: a table of " + table.element() + " needs an initial value");
            }
        }
    }

    private void table(TableType table) {
        limits(table.limits(), table.address64() ? -1 : 0xffff_ffffL, "table size must be at most 2^32-1");
    }

    private void memory(MemoryType memory) {
        if (memory.address64()) {
            limits(memory.limits(), 1L << 48, "memory size must be at most 2^48 pages");
        } else {
            limits(memory.limits(), 65536, "memory size must be at most 65536 pages (4GiB)");
        }
        if (memory.shared() && memory.limits().max() == -1) {
            throw invalid("shared memory must have maximum");
        }
    }

    private void limits(Limits limits, long range, String fault) {
        boolean bounded = limits.max() != -1;
        if (Long.compareUnsigned(limits.min(), range) > 0
                || bounded && Long.compareUnsigned(limits.max(), range) > 0) {
            throw invalid(fault);
        }
        if (bounded && Long.compareUnsigned(limits.min(), limits.max()) > 0) {
            throw invalid("size minimum must not be greater than maximum");
        }
    }

    /** A global may use those before it; a table, which comes earlier in the binary, imported ones. */
    private void globals() {
        int global = module.globals().size() - module.globalInits().size();
        int table = module.tables().size() - module.tableInits().size();
        for (TableInit init : module.tableInits()) {
            if (init.start() >= 0) {
                code.constant(init.start(), module.tables().get(table).element(), global);
            }
            table++;
        }
        for (GlobalInit init : module.globalInits()) {
            code.constant(init.start(), module.globals().get(global).type(), global);
            global++;
        }
    }

    private void exports() {
        Set<String> names = new HashSet<>();
        in(Decoder.EXPORTS);
        for (item = 0; item < module.exports().size(); item++) {
            Export export = module.exports().get(item);
            int index = export.index();
            switch (export.kind()) {
                case FUNCTION -> {
                    known("function", index, module.functions().length);
                    declared.set(index);
                }
                case TABLE -> known("table", index, module.tables().size());
                case MEMORY -> known("memory", index, module.memories().size());
                case GLOBAL -> known("global", index, module.globals().size());
                case TAG -> known("tag", index, module.tags().length);
            }
            if (!names.add(export.name())) {
                throw invalid("duplicate export name");
            }
        }
    }

    private void start() {
        if (module.start() < 0) {
            return;
        }
        in(Decoder.START);
        known("function", module.start(), module.functions().length);
        FuncType type = module.functionType(module.start());
        if (!type.params().isEmpty() || !type.results().isEmpty()) {
            throw invalid("start function must have no parameters and no results");
        }
    }

    private void element(ElementSegment segment) {
        int globals = module.globals().size();
        if (segment.mode() == Mode.ACTIVE) {
            known("table", segment.table(), module.tables().size());
            TableType table = module.tables().get(segment.table());
            if (!segment.type().isSubtypeOf(table.element())) {
                throw invalid("type mismatch: elements of " + segment.type() + " for a table of " + table.element());
            }
            code.constant(segment.offsetStart(), table.address64() ? ValType.I64 : ValType.I32, globals);
        }
        if (segment.functions() != null) {
            for (int function : segment.functions()) {
                known("function", function, module.functions().length);
                declared.set(function);
            }
        } else {
            for (int expression : segment.expressions()) {
                code.constant(expression, segment.type(), globals);
            }
        }
    }

    private void data(DataSegment segment) {
        if (segment.mode() == Mode.ACTIVE) {
            known("memory", segment.memory(), module.memories().size());
            boolean wide = module.memories().get(segment.memory()).address64();
            code.constant(segment.offsetStart(), wide ? ValType.I64 : ValType.I32, module.globals().size());
        }
    }

    private void known(String what, int index, int count) {
        if (index < 0 || index >= count) {
            throw invalid("unknown " + what + " " + Integer.toUnsignedString(index));
        }
    }

    private InvalidModuleException invalid(String fault) {
        return new InvalidModuleException(false, offset(), fault);
    }
}
