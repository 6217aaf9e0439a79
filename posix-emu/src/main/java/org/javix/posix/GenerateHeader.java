package org.javix.posix;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the C side of the call table to standard output.
 *
 * <p>Without an argument: {@code javix_calls.h}, which declares every call as a typed import and
 * defines {@code __javix_call}, a switch over the call's number. Where the number is a constant,
 * the compiler keeps the one import. With the argument {@code numbers}: the lines of
 * {@code bits/syscall.h}.
 */
public final class GenerateHeader {
    private static final int ARGUMENTS = 6;

    private GenerateHeader() {}

    /** Prints the header, or the numbers. */
    public static void main(String[] arguments) {
        boolean numbers = arguments.length > 0 && arguments[0].equals("numbers");
        System.out.print(numbers ? numbers() : header());
    }

    static String numbers() {
        StringBuilder out = new StringBuilder();
        for (SystemCall call : byNumber()) {
            out.append("#define __NR_%s %d%n".formatted(call.name(), call.number()));
            for (String alias : call.aliases()) {
                out.append("#define __NR_%s %d%n".formatted(alias, call.number()));
            }
        }
        return out.toString();
    }

    static String header() {
        StringBuilder out = new StringBuilder("""
                /* Generated from the call table of Javix; do not edit. */
                #ifndef JAVIX_CALLS_H
                #define JAVIX_CALLS_H

                #define __JAVIX_CALL(module, name) \\
                	__attribute__((__import_module__(#module), __import_name__(#name))) extern

                """);
        for (SystemCall call : byNumber()) {
            String parameters = call.parameters().isEmpty()
                    ? "void"
                    : call.parameters().stream()
                            .map(parameter -> type(parameter.is64()))
                            .collect(Collectors.joining(", "));
            out.append("__JAVIX_CALL(%s, %s) %s __javix_%s(%s);%n"
                    .formatted(
                            call.module().importName(),
                            call.name(),
                            type(call.returns64()),
                            call.name(),
                            parameters));
        }
        out.append("""

                static inline __attribute__((__always_inline__)) long __javix_call(long long __n,
                	long long __a, long long __b, long long __c,
                	long long __d, long long __e, long long __f)
                {
                	switch ((int)__n) {
                """);
        for (SystemCall call : byNumber()) {
            String arguments = IntStream.range(0, Math.min(ARGUMENTS, call.parameters().size()))
                    .mapToObj(i -> argument(i, call.parameters().get(i).is64()))
                    .collect(Collectors.joining(", "));
            out.append("\tcase %d: return (long)__javix_%s(%s);%n".formatted(call.number(), call.name(), arguments));
        }
        out.append("""
                	}
                	return -38;
                }

                #endif
                """);
        return out.toString();
    }

    private static String argument(int index, boolean wide) {
        String name = "__" + (char) ('a' + index);
        return wide ? name : "(int)" + name;
    }

    private static String type(boolean wide) {
        return wide ? "long long" : "int";
    }

    private static List<SystemCall> byNumber() {
        return SystemCalls.all().stream()
                .sorted(Comparator.comparingInt(SystemCall::number))
                .toList();
    }
}
