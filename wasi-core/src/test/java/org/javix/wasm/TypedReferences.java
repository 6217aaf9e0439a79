package org.javix.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;

/**
 * Rewrites valid modules that use typed function references, which are not supported, so that the rest of
 * them can be tested: such types become the plain reference types that they are subtypes of, and
 * functions with instructions for them are left empty.
 */
final class TypedReferences {
    private static final Set<String> INSTRUCTIONS =
            Set.of("call_ref", "return_call_ref", "ref.as_non_null", "br_on_null", "br_on_non_null");

    private TypedReferences() {}

    /**
     * A module without typed references.
     *
     * @param emptied receives the names of exported functions that were left empty
     */
    static Node erase(Node module, Set<String> emptied) {
        List<Sexpr> fields = new ArrayList<>();
        for (Sexpr field : module.items()) {
            fields.add(field.is("func") && uses(field) ? empty((Node) field, emptied) : erase(field));
        }
        return new Node(fields, module.line());
    }

    private static boolean uses(Sexpr item) {
        return switch (item) {
            case Node node -> node.items().stream().anyMatch(TypedReferences::uses);
            case Atom atom -> INSTRUCTIONS.contains(atom.text());
            default -> false;
        };
    }

    private static Node empty(Node function, Set<String> emptied) {
        List<Sexpr> kept = new ArrayList<>();
        kept.add(function.items().getFirst());
        for (Sexpr item : function.items()) {
            if (item.is("export")) {
                emptied.add(new Items((Node) item, 1).text().utf8());
                kept.add(item);
            } else if (item instanceof Atom a && a.text().startsWith("$") && kept.size() == 1) {
                kept.add(item);
            }
        }
        kept.add(new Atom("unreachable", function.line()));
        return new Node(kept, function.line());
    }

    private static Sexpr erase(Sexpr item) {
        if (!(item instanceof Node node)) {
            return item;
        }
        if (node.is("ref")) {
            return new Atom(heapType(node.items().getLast()) + "ref", node.line());
        }
        List<Sexpr> items = new ArrayList<>();
        for (Sexpr part : node.items()) {
            boolean heapType = !items.isEmpty() && items.getLast().isAtom("ref.null");
            items.add(heapType ? new Atom(heapType(part), part.line()) : erase(part));
        }
        return new Node(items, node.line());
    }

    private static String heapType(Sexpr name) {
        String text = ((Atom) name).text();
        return text.startsWith("$") || Character.isDigit(text.charAt(0)) ? "func" : text;
    }
}
