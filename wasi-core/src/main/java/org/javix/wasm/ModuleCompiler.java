package org.javix.wasm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Compiles a module to the classes that {@link ModuleLayout} describes. */
final class ModuleCompiler {
    /** What a method's stack maps may tell of locals: they are kept in memory while it is built. */
    private static final long MOST_FRAME_ENTRIES = 50_000_000;

    static final int STATIC = AccessFlag.PUBLIC.mask() | AccessFlag.STATIC.mask();

    private final Module module;
    private final String packageName;
    private final List<FunctionBody> bodies = new ArrayList<>();
    private final List<FunctionPlan> plans = new ArrayList<>();
    private final ModuleLayout layout;
    private final FunctionSplitter splitter;
    private final Map<String, byte[]> classes = new LinkedHashMap<>();

    ModuleCompiler(Module module, CompileOptions options, String packageName) {
        this.module = module;
        this.packageName = packageName;
        int count = module.functions().length;
        BitSet jumpPoints = new BitSet();
        for (Module.Import imported : module.imports()) {
            if (imported.kind() == Module.Kind.FUNCTION) {
                jumpPoints.set(imported.index(), options.jumpPoint().test(module, imported));
            }
        }
        for (int f = 0; f < count; f++) {
            bodies.add(f < module.importedFunctions() ? null : FunctionBody.of(module, f, jumpPoints));
        }
        DispatchTable dispatch = new DispatchTable(module);
        CallGraph graph = new CallGraph(
                module, dispatch, bodies, imported -> options.suspending().test(module, imported), options.looseCalls());
        layout = new ModuleLayout(module, dispatch, graph, packageName, options);
        splitter = new FunctionSplitter(layout, options.largestMethod());
    }

    Map<String, byte[]> compile() {
        for (int f = 0; f < module.functions().length; f++) {
            plans.add(f < module.importedFunctions() ? null : plan(f));
        }
        bodies.addAll(splitter.pieces());
        plans.addAll(splitter.plans());
        BitSet[] parts = new BitSet[layout.parts()];
        BitSet resumed = new BitSet();
        for (int f = module.importedFunctions(); f < bodies.size(); f++) {
            BitSet part = parts[layout.part(f)];
            if (part == null) {
                parts[layout.part(f)] = part = new BitSet();
            }
            part.set(f);
            resumed.set(f, layout.graph.suspends(f) && !plans.get(f).sites.isEmpty());
        }
        add(layout.instance, new InstanceClass(layout, resumed.stream().toArray())::build);
        add(layout.dispatcher, new DispatchClass(layout)::build);
        for (int part = 0; part < parts.length; part++) {
            if (parts[part] != null) {
                compilePart(part, parts[part], resumed);
            }
        }
        return classes;
    }

    private FunctionPlan plan(int f) {
        int words = ModuleLayout.parameterSlots(layout.functionType(f));
        if (words > 250) {
            throw new UnsupportedFeature("a function with more than 250 words of parameters");
        }
        FunctionPlan plan = FunctionCompiler.plan(layout, bodies.get(f));
        if (!splitter.isTooLarge(bodies.get(f), plan) || !bodies.get(f).splittable()) {
            return plan;
        }
        FunctionSplitter.Rest rest = splitter.split(bodies.get(f));
        bodies.set(f, rest.body());
        return rest.plan();
    }

    private void compilePart(int part, BitSet functions, BitSet resumable) {
        BitSet resumed = (BitSet) functions.clone();
        resumed.and(resumable);
        add(layout.bodyClassOfPart(part), builder -> functions.stream().forEach(f -> {
            method(builder, f, FunctionScope.Mode.BODY);
            if (layout.graph.tail.bounces(f)) {
                trampoline(builder, f);
            }
        }));
        if (!resumed.isEmpty()) {
            add(layout.resumeClassOfPart(part), builder -> resumed.stream()
                    .forEach(f -> method(builder, f, FunctionScope.Mode.RESUME)));
        }
    }

    private void method(ClassBuilder builder, int f, FunctionScope.Mode mode) {
        boolean resume = mode == FunctionScope.Mode.RESUME;
        if (plans.get(f).frameEntries > MOST_FRAME_ENTRIES) {
            throw new UnsupportedFeature("a function with too many branches for its locals");
        }
        FunctionBody body = bodies.get(f);
        String name = resume ? layout.resumeName(f) : layout.bodyName(f);
        MethodTypeDesc type = resume ? layout.resumeType() : layout.bodyType(body.type);
        builder.withMethodBody(name, type, STATIC, code ->
                new FunctionCompiler(layout, body, new Emitter(code), mode, plans.get(f)).compile());
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
