package org.javix.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a module did, in lines that are the same for every engine: each call's results, and the state at the end. */
final class ModuleOutcome {
    final List<String> lines = new ArrayList<>();

    void returned(String name, FuncType type, long[] slots, boolean[] nulls) {
        StringBuilder line = new StringBuilder(name).append(" returned");
        int at = 0;
        for (int i = 0; i < type.results().size(); i++) {
            ValType result = type.results().get(i);
            line.append(' ').append(result).append(' ');
            switch (result.kind()) {
                case I32, F32 -> line.append(Integer.toHexString((int) slots[at]));
                case I64, F64 -> line.append(Long.toHexString(slots[at]));
                case V128 -> line.append(Long.toHexString(slots[at])).append(',').append(Long.toHexString(slots[++at]));
                default -> line.append(nulls[at] ? "null" : "some");
            }
            at++;
        }
        lines.add(line.toString());
    }

    /** A trap, by the start of the specification's words for it. */
    void trapped(String name, String message) {
        String known = Arrays.stream(Trap.Kind.values())
                .map(Trap.Kind::text)
                .filter(message::startsWith)
                .findFirst()
                .orElse(message);
        lines.add(name + " trapped: " + known);
    }

    void threw(String name, int tag, List<ValType> types, long[] values) {
        StringBuilder line = new StringBuilder(name).append(" threw ").append(tag);
        for (int i = 0; i < types.size() && types.stream().noneMatch(type -> type == ValType.V128); i++) {
            boolean narrow = types.get(i) == ValType.I32 || types.get(i) == ValType.F32;
            line.append(' ').append(narrow ? Integer.toHexString((int) values[i]) : Long.toHexString(values[i]));
        }
        lines.add(line.toString());
    }

    void memory(int index, byte[] content) {
        lines.add("memory " + index + " of " + content.length + " bytes has hash " + Arrays.hashCode(content));
    }

    void global(int index, ValType type, long low, long high) {
        boolean narrow = type == ValType.I32 || type == ValType.F32;
        lines.add("global " + index + " is " + (narrow ? Integer.toHexString((int) low) : Long.toHexString(low))
                + (type == ValType.V128 ? "," + Long.toHexString(high) : ""));
    }

    void table(int index, boolean[] nulls) {
        lines.add("table " + index + " has nulls " + Arrays.toString(nulls));
    }
}
