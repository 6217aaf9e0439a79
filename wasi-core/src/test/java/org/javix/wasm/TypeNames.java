package org.javix.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;

/** Replaces the names of types in reference types by their indices, so that types can be read without a module. */
final class TypeNames {
    private final Map<String, Integer> indices = new HashMap<>();

    /** Whether there are recursive groups of types, which have names of their own. */
    private boolean groups;

    /** Takes the names from a module's fields. */
    TypeNames(List<Node> fields) {
        int index = 0;
        for (Node field : fields) {
            groups |= field.is("rec");
            if (field.is("type")) {
                String id = new Items(field, 1).id();
                if (id != null) {
                    indices.put(id, index);
                }
                index++;
            }
        }
    }

    /** An item with {@code (ref $t)}, {@code (ref null $t)} and {@code ref.null $t} by index. */
    Node resolve(Node node) {
        List<Sexpr> items = new ArrayList<>();
        for (Sexpr item : node.items()) {
            boolean last = items.size() == node.items().size() - 1;
            boolean heapType = node.is("ref") && last || !items.isEmpty() && items.getLast().isAtom("ref.null");
            items.add(heapType && item instanceof Atom name ? resolve(name) : item instanceof Node n ? resolve(n) : item);
        }
        return new Node(items, node.line());
    }

    private Atom resolve(Atom name) {
        Integer index = indices.get(name.text());
        if (name.text().startsWith("$") && index == null) {
            throw new WatException(name.line(), (groups ? "unsupported: group with " : "unknown type ") + name.text());
        }
        return index == null ? name : new Atom(index.toString(), name.line());
    }
}
