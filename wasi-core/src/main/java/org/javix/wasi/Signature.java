package org.javix.wasi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.javix.wasm.FuncType;
import org.javix.wasm.ValType;

/**
 * A WASI function's parameters and results, written as words {@code name:kind} in the order of the
 * specification. From it come the function's type and its lines in the trace log.
 *
 * <p>Kinds: those of {@link TraceNames}, of which {@code rights} is an i64; {@code u32}, {@code u64} and {@code
 * s64} are numbers; {@code x32} are bits and pointers, logged in hexadecimal; {@code string} is two parameters,
 * pointer and length; {@code =u32}, {@code =u64} and {@code =x16} are pointers to where a result goes, logged
 * when the call succeeded. The word {@code noreturn} stands for a function without an errno.
 */
final class Signature {
    private record Parameter(String name, String kind) {
        boolean isResult() {
            return kind.charAt(0) == '=';
        }

        boolean isLong() {
            return kind.equals("u64") || kind.equals("s64") || kind.equals("rights");
        }
    }

    private final List<Parameter> parameters = new ArrayList<>();
    private final FuncType type;

    Signature(String words) {
        List<ValType> types = new ArrayList<>();
        List<ValType> results = List.of(ValType.I32);
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            if (word.equals("noreturn")) {
                results = List.of();
                continue;
            }
            int colon = word.indexOf(':');
            Parameter parameter = new Parameter(word.substring(0, colon), word.substring(colon + 1));
            parameters.add(parameter);
            types.add(parameter.isLong() ? ValType.I64 : ValType.I32);
            if (parameter.kind.equals("string")) {
                types.add(ValType.I32);
            }
        }
        type = new FuncType(types, results);
    }

    /** The function's type. */
    FuncType type() {
        return type;
    }

    /** What the trace log shows of the arguments: {@code name=value,...}. */
    String arguments(Guest guest, long[] arguments) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            long value = arguments[at++];
            if (parameter.kind.equals("string")) {
                fields.add(parameter.name + "=" + string(guest, value, arguments[at++]));
            } else if (!parameter.isResult()) {
                fields.add(parameter.name + "=" + number(parameter.kind, value));
            }
        }
        return String.join(",", fields);
    }

    /** What the trace log shows of the results: {@code (name=value,errno=E...)}. */
    String results(Guest guest, long[] arguments, int errno) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        for (Parameter parameter : parameters) {
            if (parameter.isResult() && errno == WasiErrno.SUCCESS) {
                fields.add(parameter.name + "=" + result(guest, parameter.kind.substring(1), arguments[at]));
            }
            at += parameter.kind.equals("string") ? 2 : 1;
        }
        fields.add("errno=" + WasiErrno.name(errno));
        return "(" + String.join(",", fields) + ")";
    }

    private static String string(Guest guest, long pointer, long length) {
        try {
            guest.check(pointer, length);
            return printable(new String(guest.bytes(pointer, (int) length), StandardCharsets.UTF_8));
        } catch (Fault fault) {
            return "?";
        }
    }

    // A guest must not write lines of its own into the log.
    private static String printable(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\x%02x", c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static String result(Guest guest, String kind, long pointer) {
        try {
            long value =
                    switch (kind.substring(1)) {
                        case "16" -> guest.u16(pointer);
                        case "32" -> guest.u32(pointer);
                        default -> guest.u64(pointer);
                    };
            return number(kind, value);
        } catch (Fault fault) {
            return "?";
        }
    }

    private static String number(String kind, long value) {
        String named = TraceNames.text(kind, value);
        if (named != null) {
            return named;
        }
        return switch (kind.charAt(0)) {
            case 'x' -> "0x" + Long.toHexString(value);
            case 'u' -> Long.toUnsignedString(value);
            default -> Long.toString(value);
        };
    }
}
