package org.javix.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The text format's S-expressions. Source text is one char per byte, so that any bytes survive. */
sealed interface Sexpr {
    /** The line that it starts in, from 1. */
    int line();

    /** A keyword, number or identifier. */
    record Atom(String text, int line) implements Sexpr {}

    /** A string's bytes. */
    record Text(byte[] bytes, int line) implements Sexpr {
        String utf8() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A parenthesised list. */
    record Node(List<Sexpr> items, int line) implements Sexpr {
        /** The keyword that it starts with, or "". */
        String head() {
            return !items.isEmpty() && items.getFirst() instanceof Atom a ? a.text : "";
        }
    }

    /** Whether it is a list that starts with the keyword. */
    default boolean is(String head) {
        return this instanceof Node n && n.head().equals(head);
    }

    /** Whether it is this atom. */
    default boolean isAtom(String text) {
        return this instanceof Atom a && a.text.equals(text);
    }

    /** Reads all expressions of a text; annotations are left out. */
    static List<Sexpr> parse(String source) {
        return new Parser(source).all();
    }

    /** The reader of {@link #parse}. */
    final class Parser {
        private final String source;
        private int at;
        private int line = 1;

        private Parser(String source) {
            this.source = source;
        }

        List<Sexpr> all() {
            Deque<Node> open = new ArrayDeque<>();
            open.push(new Node(new ArrayList<>(), 0));
            while (skipBlank()) {
                char c = source.charAt(at);
                if (c == '(') {
                    at++;
                    open.push(new Node(new ArrayList<>(), line));
                } else if (c == ')') {
                    at++;
                    Node done = open.pop();
                    if (open.isEmpty()) {
                        throw new WatException(line, "unexpected )");
                    }
                    if (!done.head().startsWith("@")) {
                        open.peek().items.add(done);
                    }
                } else if (c == '"') {
                    open.peek().items.add(new Text(string(), line));
                } else {
                    open.peek().items.add(new Atom(atom(), line));
                }
            }
            if (open.size() > 1) {
                throw new WatException(open.peek().line, "unclosed (");
            }
            return open.pop().items;
        }

        /** Passes over blanks and comments; answers whether something follows. */
        private boolean skipBlank() {
            int comments = 0;
            for (; at < source.length(); at++) {
                char c = source.charAt(at);
                if (c == '\n') {
                    line++;
                } else if (source.startsWith("(;", at)) {
                    comments++;
                    at++;
                } else if (comments > 0) {
                    if (source.startsWith(";)", at)) {
                        comments--;
                        at++;
                    }
                } else if (c == ';') {
                    while (at + 1 < source.length() && source.charAt(at + 1) != '\n' && source.charAt(at + 1) != '\r') {
                        at++;
                    }
                } else if (c > ' ') {
                    return true;
                }
            }
            return false;
        }

        private String atom() {
            int from = at;
            while (at < source.length() && source.charAt(at) > ' ' && "();\"".indexOf(source.charAt(at)) < 0) {
                at++;
            }
            String text = source.substring(from, at);
            // An identifier or annotation name may be written as a string.
            if ((text.equals("$") || text.equals("@")) && at < source.length() && source.charAt(at) == '"') {
                return text + new String(string(), StandardCharsets.ISO_8859_1);
            }
            return text;
        }

        private byte[] string() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (at++; source.charAt(at) != '"'; at++) {
                char c = source.charAt(at);
                if (c != '\\') {
                    bytes.write(c);
                    continue;
                }
                char escaped = source.charAt(++at);
                switch (escaped) {
                    case 't' -> bytes.write('\t');
                    case 'n' -> bytes.write('\n');
                    case 'r' -> bytes.write('\r');
                    case '"', '\'', '\\' -> bytes.write(escaped);
                    case 'u' -> {
                        int end = source.indexOf('}', at);
                        int point = Integer.parseInt(source.substring(at + 2, end).replace("_", ""), 16);
                        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                        at = end;
                    }
                    default -> bytes.write(Integer.parseInt(source.substring(at, ++at + 1), 16));
                }
            }
            at++;
            return bytes.toByteArray();
        }
    }
}
