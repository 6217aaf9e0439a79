package org.javix.wasm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Compiles a module to the classes that {@link ModuleLayout} describes. */
final class ModuleCompiler {
    static final int STATIC = AccessFlag.PUBLIC.mask() | AccessFlag.STATIC.mask();

    private final Module module;
    private final String packageName;
    private final FunctionBody[] bodies;
    private final FunctionPlan[] plans;
    private final ModuleLayout layout;
    private final Map<String, byte[]> classes = new LinkedHashMap<>();

    ModuleCompiler(Module module, CompileOptions options, String packageName) {
        this.module = module;
        this.packageName = packageName;
        int count = module.functions().length;
        bodies = new FunctionBody[count];
        plans = new FunctionPlan[count];
        for (int f = module.importedFunctions(); f < count; f++) {
            bodies[f] = FunctionBody.of(module, f);
        }
        DispatchTable dispatch = new DispatchTable(module);
        CallGraph graph = new CallGraph(
                module, dispatch, bodies, imported -> options.suspending().test(module, imported), options.looseCalls());
        layout = new ModuleLayout(module, dispatch, graph, packageName, options.looseCalls());
    }

    Map<String, byte[]> compile() {
        for (int f = module.importedFunctions(); f < bodies.length; f++) {
            int words = ModuleLayout.parameterSlots(layout.functionType(f));
            if (words > 250) {
                throw new UnsupportedFeature("a function with more than 250 words of parameters");
            }
            plans[f] = FunctionCompiler.plan(layout, bodies[f]);
        }
        add(layout.instance, new InstanceClass(layout)::build);
        add(layout.dispatcher, new DispatchClass(layout)::build);
        for (int part = 0; part < layout.parts(); part++) {
            compilePart(part);
        }
        return classes;
    }

    private void compilePart(int part) {
        BitSet functions = new BitSet();
        BitSet resumed = new BitSet();
        for (int f = module.importedFunctions(); f < bodies.length; f++) {
            if (layout.part(f) == part) {
                functions.set(f);
                resumed.set(f, layout.graph.suspends(f) && !plans[f].sites.isEmpty());
            }
        }
        if (!functions.isEmpty()) {
            add(layout.bodyClassOfPart(part), builder -> functions.stream().forEach(f -> {
                method(builder, f, FunctionScope.Mode.BODY);
                if (layout.graph.tail.bounces(f)) {
                    trampoline(builder, f);
                }
            }));
        }
        if (!resumed.isEmpty()) {
            add(layout.resumeClassOfPart(part), builder -> resumed.stream()
                    .forEach(f -> method(builder, f, FunctionScope.Mode.RESUME)));
        }
    }

    private void method(ClassBuilder builder, int f, FunctionScope.Mode mode) {
        boolean resume = mode == FunctionScope.Mode.RESUME;
        String name = resume ? ModuleLayout.resumeName(f) : ModuleLayout.bodyName(f);
        MethodTypeDesc type = resume ? layout.resumeType() : layout.bodyType(layout.functionType(f));
        builder.withMethodBody(name, type, STATIC, code ->
                new FunctionCompiler(layout, bodies[f], new Emitter(code), mode, plans[f]).compile());
    }

    private void trampoline(ClassBuilder builder, int f) {
        builder.withMethodBody(ModuleLayout.trampolineName(f), layout.bodyType(layout.functionType(f)), STATIC, code ->
                new Trampoline(layout).wrapper(new Emitter(code), f));
    }

    private void add(ClassDesc name, Consumer<ClassBuilder> content) {
        ClassHierarchyResolver resolver = ClassHierarchyResolver.ofClassLoading(Instance.class.getClassLoader());
        ClassFile classFile = ClassFile.of(
                ClassFile.DeadCodeOption.PATCH_DEAD_CODE,
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(resolver));
        try {
            byte[] bytes = classFile.build(name, builder -> {
                builder.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL);
                content.accept(builder);
            });
            classes.put(packageName + "." + name.displayName(), bytes);
        } catch (IllegalArgumentException e) {
            // The class file's builder says so, in words of its own, where code or constants are too many.
            throw new UnsupportedFeature("a function or module over the limits of JVM classes (" + e.getMessage() + ")");
        }
    }
}
