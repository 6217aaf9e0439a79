package org.javix.wasm;

import java.util.HashMap;
import java.util.Map;

/** What modules can import, by module and name. Not thread-safe while it is filled. */
public final class Imports {
    private final Map<String, Map<String, Object>> modules = new HashMap<>();
    private final Imports others;

    /** Nothing yet. */
    public Imports() {
        this(null);
    }

    /** What others offer, in the places where nothing else is offered here. */
    public Imports(Imports others) {
        this.others = others;
    }

    /** Offers a host function under its own name. */
    public Imports add(HostFunction function) {
        return put(function.module(), function.name(), new FuncRef(function));
    }

    /** Offers host functions. */
    public Imports addAll(Iterable<? extends HostFunction> functions) {
        functions.forEach(this::add);
        return this;
    }

    /** Offers all that another offers. */
    public Imports addAll(Imports others) {
        others.modules.forEach((module, names) -> names.forEach((name, value) -> put(module, name, value)));
        return this;
    }

    /** Offers a function of an instance. */
    public Imports add(String module, String name, FuncRef function) {
        return put(module, name, function);
    }

    /** Offers a memory. */
    public Imports add(String module, String name, Memory memory) {
        return put(module, name, memory);
    }

    /** Offers a table. */
    public Imports add(String module, String name, Table table) {
        return put(module, name, table);
    }

    /** Offers a global. */
    public Imports add(String module, String name, Global global) {
        return put(module, name, global);
    }

    /** Offers a tag. */
    public Imports add(String module, String name, Tag tag) {
        return put(module, name, tag);
    }

    /** Offers an exported function of an instance. */
    public Imports add(String module, String name, ExportedFunction function) {
        return put(module, name, function.reference());
    }

    /** Offers everything that an instance exports, under a module name. */
    public Imports add(String module, Instance instance) {
        for (Module.Export export : instance.code().module().exports()) {
            put(module, export.name(), switch (export.kind()) {
                case FUNCTION -> instance.function(export.index());
                case TABLE -> instance.tables[export.index()];
                case MEMORY -> instance.memories[export.index()];
                case GLOBAL -> instance.global(export.index());
                case TAG -> instance.tags[export.index()];
            });
        }
        return this;
    }

    private Imports put(String module, String name, Object value) {
        modules.computeIfAbsent(module, key -> new HashMap<>()).put(name, value);
        return this;
    }

    /** What is offered under the name, or null. */
    Object find(String module, String name) {
        Map<String, Object> names = modules.get(module);
        Object found = names == null ? null : names.get(name);
        return found == null && others != null ? others.find(module, name) : found;
    }
}
