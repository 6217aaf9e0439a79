package org.javix.posix;

import java.util.List;
import org.javix.posix.Parameter.Kind;
import org.javix.posix.SystemCall.Result;
import org.javix.process.Signal;
import org.javix.vfs.AtFlags;
import org.javix.vfs.Errno;

/**
 * Writes a call as text, in the manner of strace: {@code openat(AT_FDCWD, "/etc/passwd", O_RDONLY) =
 * 3}. Names and meaning come from the call table.
 */
final class CallText {
    private static final int O_CREAT = 0100;
    /** The bytes of a buffer that are shown. */
    private static final int SHOWN_BYTES = 32;
    /** The strings of an argument vector that are shown. */
    private static final int SHOWN_STRINGS = 16;

    private static final int SHOWN_STRING = 4096;

    private CallText() {}

    /**
     * The whole line but for the process id.
     *
     * @param inputs what {@link #inputs} said before the call was made
     */
    static String format(SystemCall call, GuestMemory memory, String[] inputs, long[] arguments, long result) {
        StringBuilder text = new StringBuilder(call.name()).append('(');
        List<Parameter> parameters = call.parameters();
        for (int i = 0; i < shown(parameters, arguments); i++) {
            text.append(i == 0 ? "" : ", ");
            if (parameters.get(i).kind() == Kind.OUTPUT) {
                text.append(result > 0 ? bytes(memory, arguments[i], result) : address(arguments[i]));
            } else {
                text.append(inputs[i]);
            }
        }
        return text.append(") = ").append(result(call, result)).toString();
    }

    /** The line of a call that does not return. */
    static String formatEndless(SystemCall call, String[] inputs) {
        return call.name() + "(" + String.join(", ", inputs) + ") = ?";
    }

    /** The parameters as they read before the call. */
    static String[] inputs(SystemCall call, GuestMemory memory, long[] arguments) {
        List<Parameter> parameters = call.parameters();
        String[] inputs = new String[parameters.size()];
        for (int i = 0; i < inputs.length; i++) {
            long next = i + 1 < inputs.length ? arguments[i + 1] & 0xffff_ffffL : 0;
            inputs[i] = input(parameters.get(i), memory, arguments[i], next);
        }
        return inputs;
    }

    /** The number of parameters to show: a mode counts only where a file may be created. */
    private static int shown(List<Parameter> parameters, long[] arguments) {
        int last = parameters.size() - 1;
        boolean unusedMode = last > 0
                && parameters.get(last).kind() == Kind.MODE
                && parameters.get(last - 1).flags() == Flags.OPEN
                && (arguments[last - 1] & O_CREAT) == 0;
        return unusedMode ? last : last + 1;
    }

    private static String input(Parameter parameter, GuestMemory memory, long value, long next) {
        try {
            return switch (parameter.kind()) {
                case DIRFD -> (int) value == AtFlags.AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) value);
                case PATH, STRING -> value == 0 ? "NULL" : quote(memory.string(value, SHOWN_STRING));
                case STRINGS -> strings(memory, value);
                case INPUT -> bytes(memory, value, next);
                case FLAGS -> parameter.flags().format((int) value);
                case MODE -> "0" + Long.toOctalString(value & 0xffff_ffffL);
                case SIGNAL -> Signal.name((int) value);
                case COUNT -> Long.toString(value & 0xffff_ffffL);
                case STRUCT, IOVEC, OUTPUT, ADDRESS -> address(value);
                case OFFSET -> Long.toString(value);
                case FD, INT, PID -> Integer.toString((int) value);
            };
        } catch (Fault fault) {
            return address(value);
        }
    }

    private static String result(SystemCall call, long result) {
        if (result < 0 && result > -4096) {
            int errno = (int) -result;
            return "-1 " + Errno.name(errno) + " (" + Errno.message(errno) + ")";
        }
        return switch (call.result()) {
            case ADDRESS -> address(result);
            case MODE -> "0" + Long.toOctalString(result);
            default -> Long.toString(result);
        };
    }

    private static String address(long value) {
        long address = value & 0xffff_ffffL;
        return address == 0 ? "NULL" : "0x" + Long.toHexString(address);
    }

    private static String strings(GuestMemory memory, long vector) {
        if (vector == 0) {
            return "NULL";
        }
        StringBuilder text = new StringBuilder("[");
        long at = vector;
        for (int i = 0; memory.i32(at) != 0; i++, at += 4) {
            if (i == SHOWN_STRINGS) {
                text.append(", ...");
                break;
            }
            text.append(i == 0 ? "" : ", ").append(quote(memory.string(memory.i32(at), SHOWN_STRING)));
        }
        return text.append(']').toString();
    }

    private static String bytes(GuestMemory memory, long address, long count) {
        int shown = (int) Math.min(count, SHOWN_BYTES);
        byte[] bytes = memory.bytes(address, shown);
        String text = quote(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
        return count > shown ? text + "..." : text;
    }

    private static String quote(String text) {
        if (text == null) {
            return "\"...\"";
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        quoted.append(c);
                    } else {
                        quoted.append('\\').append(Integer.toOctalString(c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
