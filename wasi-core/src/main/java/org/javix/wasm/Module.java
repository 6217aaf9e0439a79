package org.javix.wasm;

import java.util.List;

/**
 * A decoded and validated module (WebAssembly specification, section 2.5). Immutable; the code stays
 * in the binary and is read where it lies.
 *
 * @param bytes the whole binary
 * @param types the types, by type index
 * @param imports in the binary's order
 * @param functions the type index of each function, imported ones first
 * @param tables imported ones first
 * @param memories imported ones first
 * @param globals imported ones first
 * @param tags the type index of each tag, imported ones first
 * @param exports in the binary's order
 * @param start the start function's index, or -1
 * @param elements element segments
 * @param data data segments
 * @param code the body of each function that is not imported
 * @param names function names from the name section, by function index; "" where unknown
 * @param hasDataCount whether the binary has a data count section, which {@code memory.init} needs
 */
public record Module(
        byte[] bytes,
        List<FuncType> types,
        List<Import> imports,
        int[] functions,
        List<TableType> tables,
        List<MemoryType> memories,
        List<GlobalType> globals,
        int[] tags,
        List<Export> exports,
        int start,
        List<ElementSegment> elements,
        List<DataSegment> data,
        List<GlobalInit> globalInits,
        List<TableInit> tableInits,
        List<Code> code,
        List<String> names,
        boolean hasDataCount) {

    /** What an import or export is. */
    public enum Kind {
        FUNCTION,
        TABLE,
        MEMORY,
        GLOBAL,
        TAG
    }

    /** An import; {@code index} counts within its kind's index space. */
    public record Import(String module, String name, Kind kind, int index) {}

    /** An export; {@code index} counts within its kind's index space. */
    public record Export(String name, Kind kind, int index) {}

    /**
     * Limits. Unsigned; {@code max} is -1 where none is declared.
     */
    public record Limits(long min, long max) {}

    /** A table's type; {@code address64} where its indices are i64. */
    public record TableType(ValType element, Limits limits, boolean address64) {}

    /** A memory's type; limits in pages of 64 KiB. */
    public record MemoryType(Limits limits, boolean shared, boolean address64) {}

    /** A global's type. */
    public record GlobalType(ValType type, boolean mutable) {}

    /** The initial value of a defined global: a constant expression at {@code [start, end)}. */
    public record GlobalInit(int start, int end) {}

    /** The initial value of a defined table's elements, or start -1: null. */
    public record TableInit(int start, int end) {}

    /** How a segment is used. */
    public enum Mode {
        ACTIVE,
        PASSIVE,
        DECLARATIVE
    }

    /**
     * An element segment. Either {@code functions} (indices) or {@code expressions} (each the offset of
     * a constant expression in the binary) is set.
     *
     * @param offsetStart where the offset expression of an active segment starts, else -1
     */
    public record ElementSegment(
            Mode mode, int table, int offsetStart, ValType type, int[] functions, int[] expressions) {}

    /**
     * A data segment: bytes {@code [start, end)} of the binary.
     *
     * @param offsetStart where the offset expression of an active segment starts, else -1
     */
    public record DataSegment(Mode mode, int memory, int offsetStart, int start, int end) {}

    /**
     * A function's body.
     *
     * @param locals the declared locals' types, without the parameters
     * @param start where its instructions start in the binary
     * @param end the offset behind its last {@code end}
     */
    public record Code(ValType[] locals, int start, int end) {}

    /**
     * Decodes and validates a binary.
     *
     * @throws InvalidModuleException where it is malformed or invalid
     */
    public static Module decode(byte[] bytes) {
        Module module = decodeUnvalidated(bytes);
        new Validator(module).validate();
        return module;
    }

    /**
     * Decodes a binary without validating it: one that was validated when its code was compiled, or to look at its
     * imports and exports. What comes of others must not be compiled.
     *
     * @throws InvalidModuleException where it is malformed
     */
    public static Module decodeUnvalidated(byte[] bytes) {
        return new Decoder(bytes).module();
    }

    /** The number of imported functions. */
    public int importedFunctions() {
        return functions.length - code.size();
    }

    /** The type of a function. */
    public FuncType functionType(int function) {
        return types.get(functions[function]);
    }

    /** The SHA-256 of the binary, in hexadecimal digits. */
    public String sha256() {
        return Hash.sha256(bytes);
    }
}
