package org.javix.wasm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.javix.wasm.Module.Limits;

/** What a script runs on: its instances, and what they can import. */
final class SpecMachine {
    /** A feature that is not supported is needed. */
    static final class Unsupported extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unsupported(String reason) {
            super(reason);
        }
    }

    private final Imports imports = new Imports();
    private final Map<String, CompiledModule> definitions = new HashMap<>();

    /** By name; null under the name where the module needs an unsupported feature. "" is the latest. */
    private final Map<String, Instance> instances = new HashMap<>();

    /** Names that were registered for an instance that does not exist, for want of a feature. */
    private final Set<String> unsupportedNames = new HashSet<>();

    private final CompileOptions options;

    /** @param options how modules are compiled */
    SpecMachine(CompileOptions options) {
        this.options = options;
        for (List<ValType> params : List.of(
                List.<ValType>of(),
                List.of(ValType.I32),
                List.of(ValType.I64),
                List.of(ValType.F32),
                List.of(ValType.F64),
                List.of(ValType.I32, ValType.F32),
                List.of(ValType.F64, ValType.F64))) {
            imports.add(print(params));
        }
        imports.add("spectest", "global_i32", Global.of(ValType.I32, false, 666));
        imports.add("spectest", "global_i64", Global.of(ValType.I64, false, 666));
        imports.add("spectest", "global_f32", Global.of(ValType.F32, false, Float.floatToRawIntBits(666.6f)));
        imports.add("spectest", "global_f64", Global.of(ValType.F64, false, Double.doubleToRawLongBits(666.6)));
        Limits limits = new Limits(10, 20);
        imports.add("spectest", "table", new Table(new Module.TableType(ValType.FUNCREF, limits, false)));
        imports.add("spectest", "table64", new Table(new Module.TableType(ValType.FUNCREF, limits, true)));
        Limits pages = new Limits(1, 2);
        imports.add("spectest", "memory", new Memory(new Module.MemoryType(pages, false, false)));
        imports.add("spectest", "shared_memory", new Memory(new Module.MemoryType(pages, true, false)));
    }

    private static HostFunction print(List<ValType> params) {
        StringBuilder name = new StringBuilder("print");
        params.forEach(param -> name.append('_').append(param));
        return new HostFunction("spectest", name.toString(), new FuncType(params, List.of())) {
            @Override
            public long call(Instance caller, long a, long b, long c, long d, long e, long f) {
                return 0;
            }
        };
    }

    /** Keeps a module for {@link #instantiate(String, String)}. */
    void define(String name, Module module) {
        definitions.put(name == null ? "" : name, compile(module));
    }

    /** Makes an instance of a module that was defined. */
    void instantiate(String name, String definition) throws Unwind {
        keep(name, null);
        keep(name, instantiate(definitions.get(definition == null ? "" : definition)));
    }

    /** Makes an instance that is kept under a name, which may be null. */
    void instantiate(String name, Module module) throws Unwind {
        keep(name, null);
        keep(name, instantiate(module));
    }

    /** Makes an instance. */
    Instance instantiate(Module module) throws Unwind {
        return instantiate(compile(module));
    }

    private Instance instantiate(CompiledModule code) {
        for (Module.Import imported : code.module().imports()) {
            if (unsupportedNames.contains(imported.module())) {
                throw new Unsupported("imports from " + imported.module());
            }
        }
        return code.instantiate(imports);
    }

    private CompiledModule compile(Module module) {
        try {
            return Compiler.compile(module, options);
        } catch (UnsupportedFeature e) {
            throw new Unsupported(e.getMessage());
        }
    }

    /** Keeps an instance as the latest, and under a name. */
    void keep(String name, Instance instance) {
        instances.put("", instance);
        if (name != null) {
            instances.put(name, instance);
        }
    }

    /** Offers an instance's exports for import. */
    void register(String as, String name) {
        Instance instance = instances.get(name == null ? "" : name);
        if (instance == null) {
            unsupportedNames.add(as);
            throw new Unsupported("no instance");
        }
        imports.add(as, instance);
    }

    /** The instance under a name, or the latest for null. */
    Instance instance(String name) {
        Instance instance = instances.get(name == null ? "" : name);
        if (instance == null) {
            throw new Unsupported("no instance");
        }
        return instance;
    }
}
