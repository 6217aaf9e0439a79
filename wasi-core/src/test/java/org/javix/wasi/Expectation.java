package org.javix.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test program is given and must do, as the comment at its top says: lines {@code args: ...},
 * {@code env: NAME=value}, {@code stdin: ...}, {@code stdout: ...} and {@code exit: n}.
 */
record Expectation(
        List<String> arguments, List<String> environment, String stdin, String stdout, long exit) {
    private static final Pattern LINE = Pattern.compile("^ *(?:\\*|//) *(args|env|stdin|stdout|exit): ?(.*?)(?: *\\*/)?$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static Expectation read(Path source) throws IOException {
        List<String> arguments = new ArrayList<>();
        List<String> environment = new ArrayList<>();
        StringBuilder stdin = new StringBuilder();
        StringBuilder stdout = new StringBuilder();
        long exit = 0;
        for (String line : Files.readAllLines(source)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            String value = matcher.group(2);
            switch (matcher.group(1)) {
                case "args" -> arguments.addAll(words(value));
                case "env" -> environment.add(value);
                case "stdin" -> stdin.append(value).append('\n');
                case "stdout" -> stdout.append(value).append('\n');
                default -> exit = Long.parseLong(value);
            }
        }
        if (arguments.isEmpty()) {
            arguments.add(source.getFileName().toString());
        }
        return new Expectation(arguments, environment, stdin.toString(), stdout.toString(), exit);
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
                .toList();
    }
}
