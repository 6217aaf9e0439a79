package org.javix.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function's declaration as a host writes it: {@code "add(x: i32, y: i32) -> i32"}. A parameter may lack its
 * name; several results stand in parentheses; without results there is no arrow.
 *
 * @param names the parameters' names, null for one without
 */
record Declaration(String name, FuncType type, List<String> names) {
    private static final Pattern FORM = Pattern.compile("\\s*([^()]+?)\\s*\\(([^()]*)\\)\\s*(?:->\\s*(.*?)\\s*)?");

    /**
     * Reads a declaration.
     *
     * @throws IllegalArgumentException where it is none
     */
    static Declaration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not NAME(PARAMETERS) -> RESULT");
        }
        List<String> names = new ArrayList<>();
        List<ValType> params = new ArrayList<>();
        for (String parameter : words(matcher.group(2))) {
            int colon = parameter.indexOf(':');
            names.add(colon < 0 ? null : parameter.substring(0, colon).strip());
            params.add(type(parameter.substring(colon + 1).strip(), text));
        }
        List<ValType> results = new ArrayList<>();
        if (matcher.group(3) != null) {
            for (String result : words(matcher.group(3).replaceAll("^\\(|\\)$", ""))) {
                results.add(type(result, text));
            }
        }
        return new Declaration(matcher.group(1), new FuncType(params, results), names);
    }

    private static List<String> words(String list) {
        return list.isBlank() ? List.of() : List.of(list.strip().split("\\s*,\\s*"));
    }

    private static ValType type(String word, String text) {
        for (ValType type : ValType.values()) {
            if (type.toString().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("'" + word + "' in '" + text + "' is no type");
    }
}
