package org.javix.wasm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Compiles a module to the classes that {@link ModuleLayout} describes. All processors read functions, plan methods and
 * build classes; one thread splits, since pieces are numbered.
 */
final class ModuleCompiler {
    /** What a method's stack maps may tell of locals: they are kept in memory while it is built. */
    private static final long MOST_FRAME_ENTRIES = 50_000_000;

    /** A function with more locals is not compiled as it is, however small. */
    private static final int MOST_LOCALS = 8_000;

    /** The JVM takes methods of 64 KiB; estimates are from above, and building what is far larger takes long. */
    private static final int MOST_BYTES = 4 << 16;

    /** Fewer imports and globals have names in one class; the attempt takes long with many more. */
    private static final int MOST_NAMES = 1 << 16;

    static final int STATIC = AccessFlag.PUBLIC.mask() | AccessFlag.STATIC.mask();

    private final Module module;
    private final String packageName;
    private final List<FunctionBody> bodies = new ArrayList<>();
    private final List<FunctionPlan> plans = new ArrayList<>();
    private final ModuleLayout layout;
    private final FunctionSplitter splitter;
    private final List<ClassPlan> classes = new ArrayList<>();

    /** A class to be built. */
    private record ClassPlan(ClassDesc name, Consumer<ClassBuilder> content) {}

    ModuleCompiler(Module module, CompileOptions options, String packageName) {
        this.module = module;
        this.packageName = packageName;
        if (module.importedFunctions() > MOST_NAMES || module.globals().size() > MOST_NAMES) {
            throw new UnsupportedFeature("a module with more than " + MOST_NAMES + " imported functions or globals");
        }
        int count = module.functions().length;
        BitSet jumpPoints = new BitSet();
        for (Module.Import wanted : module.imports()) {
            if (wanted.kind() == Module.Kind.FUNCTION) {
                jumpPoints.set(wanted.index(), options.jumpPoint().test(module, wanted));
            }
        }
        int imported = module.importedFunctions();
        bodies.addAll(Collections.nCopies(imported, null));
        bodies.addAll(IntStream.range(imported, count).parallel().mapToObj(f -> FunctionBody.of(module, f, jumpPoints)).toList());
        DispatchTable dispatch = new DispatchTable(module);
        CallGraph graph = new CallGraph(
                module, dispatch, bodies, wanted -> options.suspending().test(module, wanted), options.looseCalls());
        layout = new ModuleLayout(module, dispatch, graph, packageName, options);
        splitter = new FunctionSplitter(layout, options.largestMethod());
    }

    Map<String, byte[]> compile() {
        int imported = module.importedFunctions();
        plans.addAll(Collections.nCopies(imported, null));
        plans.addAll(IntStream.range(imported, module.functions().length).parallel().mapToObj(this::plan).toList());
        for (int f = imported; f < module.functions().length; f++) {
            if (plans.get(f) == null) {
                FunctionSplitter.Rest rest = splitter.split(bodies.get(f));
                bodies.set(f, rest.body());
                plans.set(f, rest.plan());
            }
        }
        bodies.addAll(splitter.pieces());
        plans.addAll(splitter.plans());
        BitSet[] parts = new BitSet[layout.parts()];
        BitSet resumed = new BitSet();
        for (int f = imported; f < bodies.size(); f++) {
            BitSet part = parts[layout.part(f)];
            if (part == null) {
                parts[layout.part(f)] = part = new BitSet();
            }
            part.set(f);
            resumed.set(f, layout.graph.suspends(f) && !plans.get(f).sites.isEmpty());
        }
        add(layout.instance, new InstanceClass(layout, resumed.stream().toArray())::build);
        DispatchClass dispatch = new DispatchClass(layout);
        add(layout.dispatcher, dispatch::build);
        dispatch.switchClasses().forEach((name, switches) -> add(name, builder -> switches.forEach(each -> each.accept(builder))));
        for (int part = 0; part < parts.length; part++) {
            if (parts[part] != null) {
                compilePart(part, parts[part], resumed);
            }
        }
        resumed.stream().parallel().forEach(this::findDeadLocals);
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<byte[]> built = classes.parallelStream().map(this::build).toList();
        for (int i = 0; i < built.size(); i++) {
            files.put(packageName + "." + classes.get(i).name.displayName(), built.get(i));
        }
        return files;
    }

    /** A function's plan, or null where it is to be split. */
    private FunctionPlan plan(int f) {
        int words = ModuleLayout.parameterSlots(layout.functionType(f));
        if (words > 250) {
            throw new UnsupportedFeature("a function with more than 250 words of parameters");
        }
        FunctionBody body = bodies.get(f);
        boolean immense = body.locals.length > MOST_LOCALS && !body.hasJumpPoints();
        FunctionPlan plan = immense ? null : FunctionCompiler.plan(layout, body);
        if (immense || body.locals.length > FarLocalsWriter.MOST && splitter.isTooLarge(body, plan)) {
            body = new FarLocalsWriter(body, immense ? new BitSet() : plan.keptByJumpPoints).write();
            bodies.set(f, body);
            plan = FunctionCompiler.plan(layout, body);
        }
        return splitter.isTooLarge(body, plan) && body.splittable() ? null : plan;
    }

    private void findDeadLocals(int f) {
        FunctionBody body = bodies.get(f);
        FunctionPlan plan = plans.get(f);
        plan.dead = DeadLocals.at(layout, body, plan, splitter.room(body, plan));
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
        if (plans.get(f).size > MOST_BYTES) {
            throw new UnsupportedFeature("a function of " + plans.get(f).size + " bytes of JVM code in one method");
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
        classes.add(new ClassPlan(name, content));
    }

    private byte[] build(ClassPlan plan) {
        ClassHierarchyResolver resolver = ClassHierarchyResolver.ofClassLoading(Instance.class.getClassLoader());
        ClassFile classFile = ClassFile.of(
                ClassFile.DeadCodeOption.PATCH_DEAD_CODE,
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(resolver));
        try {
            return classFile.build(plan.name, builder -> {
                builder.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL);
                plan.content.accept(builder);
            });
        } catch (IllegalArgumentException e) {
            // The class file's builder says so where code or constants are too many.
            boolean isCode = e.getMessage() != null && e.getMessage().startsWith("Code length");
            throw new UnsupportedFeature(isCode ? "a function of more than 65,535 bytes of JVM code in one method" : "a module over the limits of JVM classes");
        }
    }
}
