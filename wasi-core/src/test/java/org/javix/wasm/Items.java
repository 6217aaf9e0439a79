package org.javix.wasm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;
import org.javix.wasm.Sexpr.Text;

/** A place in a list of S-expressions, with the small phrases that the text format is made of. */
final class Items {
    private final Node list;
    private int at;

    Items(Node list, int at) {
        this.list = list;
        this.at = at;
    }

    int line() {
        return more() ? list.items().get(at).line() : list.line();
    }

    boolean more() {
        return at < list.items().size();
    }

    Sexpr peek() {
        return more() ? list.items().get(at) : null;
    }

    Sexpr next() {
        if (!more()) {
            throw new WatException(list.line(), "unexpected end of " + list.head());
        }
        return list.items().get(at++);
    }

    boolean peekNode() {
        return peek() instanceof Node;
    }

    boolean peekNode(String head) {
        return more() && peek().is(head);
    }

    Node node() {
        return next() instanceof Node node ? node : fail("list");
    }

    /** All that is left; it must be lists. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        while (more()) {
            nodes.add(node());
        }
        return nodes;
    }

    Atom atom() {
        return next() instanceof Atom atom ? atom : fail("atom");
    }

    Text text() {
        return next() instanceof Text text ? text : fail("string");
    }

    private <T> T fail(String expected) {
        at--;
        throw new WatException(line(), expected + " expected");
    }

    /** The bytes of the strings that are left. */
    byte[] strings() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (more()) {
            bytes.writeBytes(text().bytes());
        }
        return bytes.toByteArray();
    }

    /** An identifier if one follows, else null. */
    String id() {
        return peek() instanceof Atom a && a.text().startsWith("$") ? atom().text() : null;
    }

    boolean peekNumber() {
        return peek() instanceof Atom a && Character.isDigit(a.text().charAt(0));
    }

    long number() {
        return WatNumbers.integer(atom().text(), 64);
    }

    /** An identifier or number if one follows, else null. */
    Atom index() {
        return peek() instanceof Atom a && (a.text().startsWith("$") || peekNumber()) ? atom() : null;
    }

    /** Takes this atom if it follows. */
    boolean takeAtom(String text) {
        boolean follows = more() && peek().isAtom(text);
        if (follows) {
            at++;
        }
        return follows;
    }

    boolean peekReferenceType() {
        return peekNode("ref") || peek() instanceof Atom a && a.text().endsWith("ref");
    }

    ValType valueType() {
        Sexpr item = next();
        if (item instanceof Node node && node.is("ref")) {
            boolean nullable = node.items().get(1).isAtom("null");
            ValType type = heapType((Atom) node.items().getLast());
            return nullable ? type : type.nonNull();
        }
        if (item instanceof Atom a) {
            for (ValType type : ValType.values()) {
                if (type.toString().equals(a.text())) {
                    return type;
                }
            }
            if (a.text().matches("null(func|extern|exn)ref")) {
                return heapType(new Atom("no" + a.text().substring(4, a.text().length() - 3), a.line()));
            }
        }
        throw new WatException(item.line(), "unsupported: type " + item);
    }

    /** The nullable reference to a heap type. */
    static ValType heapType(Atom name) {
        if (Character.isDigit(name.text().charAt(0))) {
            int index = (int) WatNumbers.integer(name.text(), 32);
            // Only the index is written; types of different indices must differ.
            return ValType.reference(true, index, new FuncType(Collections.nCopies(index % 1000, ValType.I32), List.of()));
        }
        return switch (name.text()) {
            case "func" -> ValType.FUNCREF;
            case "extern" -> ValType.EXTERNREF;
            case "exn" -> ValType.EXNREF;
            case "nofunc" -> ValType.of(0x73);
            case "noextern" -> ValType.of(0x72);
            case "noexn" -> ValType.of(0x74);
            default -> throw new WatException(name.line(), "unsupported: type " + name.text());
        };
    }

    /** Parameters and results; parameters' names go into the map if there is one. */
    FuncType signature(Map<String, Integer> locals) {
        List<ValType> params = new ArrayList<>();
        while (peekNode("param")) {
            Items param = new Items(node(), 1);
            String id = param.id();
            if (id != null && locals != null) {
                locals.put(id, params.size());
            }
            while (param.more()) {
                params.add(param.valueType());
            }
        }
        List<ValType> results = new ArrayList<>();
        while (peekNode("result")) {
            Items result = new Items(node(), 1);
            while (result.more()) {
                results.add(result.valueType());
            }
        }
        return new FuncType(params, results);
    }
}
