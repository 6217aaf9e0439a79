package org.javix.wasm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A module and its code, ready to be instantiated any number of times. Immutable and thread-safe.
 */
public final class CompiledModule {
    private final Module module;
    private final Instance prototype;
    private final DispatchTable dispatch;
    private final Map<String, Module.Export> exports = new HashMap<>();
    private final int[] mutableGlobals;
    private final int[] mutableVectors;
    private final int mostValues;
    private final FuncRef.Shape[] shapes;

    private CompiledModule(Module module, Instance prototype) {
        this.module = module;
        this.prototype = prototype;
        this.dispatch = new DispatchTable(module);
        for (Module.Export export : module.exports()) {
            exports.put(export.name(), export);
        }
        List<Module.GlobalType> globals = module.globals();
        mutableGlobals = java.util.stream.IntStream.range(importedGlobals(), globals.size())
                .filter(g -> globals.get(g).mutable() && !globals.get(g).type().isReference())
                .toArray();
        mutableVectors = java.util.Arrays.stream(mutableGlobals)
                .filter(g -> globals.get(g).type() == ValType.V128)
                .toArray();
        int most = 8;
        for (FuncType type : module.types()) {
            most = Math.max(most, Math.max(type.parameterSlots(), type.resultSlots()));
        }
        mostValues = most;
        shapes = module.types().stream().map(FuncRef.Shape::new).toArray(FuncRef.Shape[]::new);
    }

    /** Loads a module's code from its class files. */
    static CompiledModule load(Module module, String packageName, Map<String, byte[]> classes) {
        ClassLoader loader = new ClassLoader(Instance.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.remove(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        return load(module, packageName, loader);
    }

    /** Loads code that a loader finds, for a module that was validated when it was compiled; null without it. */
    static CompiledModule find(Supplier<Module> module, String packageName, ClassLoader loader) {
        String first = packageName.replace('.', '/') + "/M.class";
        if (loader.getResource(first) == null) {
            return null;
        }
        return load(module.get(), packageName, loader);
    }

    private static CompiledModule load(Module module, String packageName, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(packageName + ".M", true, loader);
            return new CompiledModule(module, (Instance) type.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The module. */
    public Module module() {
        return module;
    }

    /** The index of an export of a kind, or -1. */
    int export(String name, Module.Kind kind) {
        Module.Export export = exports.get(name);
        return export != null && export.kind() == kind ? export.index() : -1;
    }

    int canonicalType(int function) {
        return dispatch.canonicalOf(function);
    }

    /** What the functions of a type have in common. */
    FuncRef.Shape shape(int type) {
        return shapes[type];
    }

    int dispatchPosition(int function) {
        return dispatch.position(function);
    }

    int importedGlobals() {
        return module.globals().size() - module.globalInits().size();
    }

    int importedTables() {
        return module.tables().size() - module.tableInits().size();
    }

    int importedMemories() {
        return (int) module.imports().stream().filter(i -> i.kind() == Module.Kind.MEMORY).count();
    }

    /** The indices of the defined globals that are mutable numbers or vectors. */
    int[] mutableGlobals() {
        return mutableGlobals;
    }

    /** The vectors among {@link #mutableGlobals}. */
    int[] mutableVectors() {
        return mutableVectors;
    }

    /** The most slots that the parameters or results of any type take. */
    int mostValues() {
        return mostValues;
    }

    /** Makes an instance whose memories have at most 4 GiB, or 16 GiB where their addresses are 64-bit. */
    public Instance instantiate(Imports imports) {
        return instantiate(imports, Memory.MAX_PAGES_64);
    }

    /**
     * Makes an instance: links the imports, fills memories and tables, and runs the start function.
     *
     * @param memoryLimit the most pages that each memory may have
     * @throws LinkException where an import is missing or of another type
     * @throws Trap where a segment does not fit or the start function traps
     */
    public Instance instantiate(Imports imports, long memoryLimit) {
        return instantiate(imports, new InstanceOptions().memoryPages(memoryLimit));
    }

    /**
     * Makes an instance: links the imports, fills memories and tables, and runs the start function.
     *
     * @throws LinkException where an import is missing or of another type, or a memory or table over its limit
     * @throws Trap where a segment does not fit or the start function traps
     */
    public Instance instantiate(Imports imports, InstanceOptions options) {
        Instance instance = prototype.create();
        instance.code = this;
        options.apply(instance);
        Instantiation instantiation = new Instantiation(instance, imports, options);
        try {
            return instantiation.run();
        } catch (RuntimeException | Error e) {
            instantiation.undo();
            throw e;
        }
    }
}
