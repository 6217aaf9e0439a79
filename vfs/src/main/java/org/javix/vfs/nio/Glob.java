package org.javix.vfs.nio;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The patterns of {@link java.nio.file.FileSystem#getPathMatcher} as regular expressions. */
final class Glob {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean inGroup;

    private Glob(String glob) {
        this.glob = glob;
    }

    /** @throws PatternSyntaxException if it is no pattern */
    static Pattern compile(String glob) {
        Glob parser = new Glob(glob);
        while (parser.at < glob.length()) {
            parser.next();
        }
        if (parser.inGroup) {
            throw parser.failure("missing '}'");
        }
        return Pattern.compile(parser.regex.toString(), Pattern.DOTALL);
    }

    private PatternSyntaxException failure(String what) {
        return new PatternSyntaxException(what, glob, at);
    }

    private void next() {
        char c = glob.charAt(at++);
        switch (c) {
            case '*' -> {
                boolean across = at < glob.length() && glob.charAt(at) == '*';
                at += across ? 1 : 0;
                regex.append(across ? ".*" : "[^/]*");
            }
            case '?' -> regex.append("[^/]");
            case '[' -> bracket();
            case '{' -> {
                if (inGroup) {
                    throw failure("groups cannot lie in groups");
                }
                inGroup = true;
                regex.append("(?:");
            }
            case '}' -> {
                regex.append(inGroup ? ")" : "\\}");
                inGroup = false;
            }
            case ',' -> regex.append(inGroup ? "|" : ",");
            case '\\' -> {
                if (at == glob.length()) {
                    throw failure("nothing follows '\\'");
                }
                literal(glob.charAt(at++));
            }
            default -> literal(c);
        }
    }

    private void literal(char c) {
        if (Character.isSurrogate(c) || Character.isLetterOrDigit(c)) {
            regex.append(c);
        } else {
            regex.append('\\').append(c);
        }
    }

    private void bracket() {
        regex.append("(?!/)[");
        if (at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^')) {
            regex.append(glob.charAt(at++) == '!' ? "^" : "\\^");
        }
        int start = at;
        while (at < glob.length() && (glob.charAt(at) != ']' || at == start)) {
            char c = glob.charAt(at++);
            if (c == '/') {
                throw failure("'/' in brackets");
            }
            boolean range = c == '-' && at > start + 1 && at < glob.length() && glob.charAt(at) != ']';
            regex.append(range ? "-" : "\\".repeat(Character.isLetterOrDigit(c) ? 0 : 1) + c);
        }
        if (at == glob.length()) {
            throw failure("missing ']'");
        }
        at++;
        regex.append(']');
    }
}
