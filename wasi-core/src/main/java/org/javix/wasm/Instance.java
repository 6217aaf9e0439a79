package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A module's instance (WebAssembly specification, section 4.2). Compiled code extends this class; the public fields and the
 * methods that say so are for compiled code only.
 *
 * <p>One thread at a time runs an instance. {@link #requestPoll} may be called from any thread.
 */
public abstract class Instance implements AutoCloseable {
    /** For compiled code: memory 0 as it is now; set by {@link #setMemory}. */
    public MemoryView memory0;

    /** For compiled code: where memory 0 lies in the host's address space, and {@link LoadStore#BIAS} bytes more. */
    public long memoryBase;

    /** For compiled code: below this address, {@link LoadStore} accesses memory 0 directly. */
    public int memoryEnd;

    /** For compiled code: whether the next safepoint calls the poll handler. */
    public volatile int poll;

    /** For compiled code: the results of a function that has several. */
    public long[] results;

    /** Reference arguments and results of a call, by their position; the long there means nothing. */
    public Object[] references;

    /** For compiled code: the function that a tail call is pending for ({@link PendingCall}); else null. */
    public FuncRef pending;

    /** For compiled code: the imported functions. */
    public FuncRef[] imports;

    /** For compiled code: the host functions among the imported functions. */
    public HostFunction[] hosts;

    /** For compiled code: the tables, imported ones first. */
    public Table[] tables;

    /** For compiled code: the memories, imported ones first. */
    public Memory[] memories;

    /** For compiled code: the tags, imported ones first. */
    public Tag[] tags;

    /** For compiled code: what is left of the data segments; null when dropped. */
    public MemorySegment[] data;

    /** For compiled code: what is left of the element segments; null when dropped. */
    public Object[][] elements;

    CompiledModule code;

    /** What an instance and its forks have in common. */
    private Object lineage = new Object();

    private FuncRef[] functionReferences;
    private Object context;
    private PollHandler pollHandler;
    private FaultHandler faultHandler;
    private CallTrace trace;
    private volatile boolean interrupted;

    /** How the host or another instance's function that runs entered this one: null for the host. */
    Crossing crossing;

    /** The instance that a function of this one has called and that has not returned; null for none. */
    volatile Instance running;

    /** The thread that waits at an address of a memory, to be woken by a requested poll; null for none. */
    volatile Thread waiting;

    // While frames are resumed: what is still to be resumed lies below framesLeft, innermost first.
    private List<StackFrame> frames;
    private int framesLeft;
    private long resumeValue;

    /** While frames are resumed: the copies of what they have in common. A function and its pieces share their far locals. */
    private IdentityHashMap<FarLocals, FarLocals> farLocals;

    /** For compiled code. */
    protected Instance() {}

    // ---- What compiled code implements ----

    /** Compiled code: a new instance of the same module, with nothing in it. */
    protected abstract Instance create();

    /** Compiled code: calls a function of a type; arguments and results in slots and references. */
    protected abstract void dispatch(int type, int position, long[] slots) throws Unwind;

    /** Compiled code: continues a function at a frame. */
    protected abstract long resumeFrame(int function, Frame frame) throws Unwind;

    /**
     * Compiled code that has tail calls: one step of a {@link Trampoline}. Other functions return with nothing
     * pending, so they can be called in any way.
     */
    protected void tailCall(int function) throws Unwind {
        FuncRef reference = function(function);
        dispatch(reference.typeIndex, reference.position, results);
    }

    /** Compiled code: the raw bits of a defined global; of a v128, the low half. */
    protected abstract long getGlobal(int index);

    /** Compiled code: sets the raw bits of a defined global; of a v128, the low half. */
    protected abstract void setGlobal(int index, long value);

    /** Compiled code that has such: the high half of a defined global of type v128. */
    protected long getGlobalHigh(int index) {
        throw new IllegalArgumentException();
    }

    /** Compiled code that has such: sets the high half of a defined global of type v128. */
    protected void setGlobalHigh(int index, long value) {
        throw new IllegalArgumentException();
    }

    /** Compiled code: the reference in a defined global. */
    protected abstract Object getGlobalReference(int index);

    /** Compiled code: sets the reference in a defined global. */
    protected abstract void setGlobalReference(int index, Object value);

    /** Compiled code: binds an imported global. */
    protected abstract void bindGlobal(int index, Global global);

    /** Compiled code: the imported global that was bound. */
    protected abstract Global boundGlobal(int index);

    // ---- The embedder's side ----

    /** The module that this is an instance of. */
    public final CompiledModule code() {
        return code;
    }

    /** The embedder's object. */
    public final Object context() {
        return context;
    }

    /** Sets the embedder's object. */
    public final void setContext(Object context) {
        this.context = context;
    }

    /** Memory 0 as it is now, or null without one; {@code memory.grow} makes the segment stale. */
    public final MemorySegment memory() {
        return memory0 == null ? null : memory0.segment;
    }

    /** The linear memory 0 itself, or null without one. */
    public final Memory linearMemory() {
        return memories.length == 0 ? null : memories[0];
    }

    /** Whether a function is exported under this name. */
    public final boolean exports(String name) {
        return code.export(name, Module.Kind.FUNCTION) >= 0;
    }

    /**
     * Calls an exported function.
     *
     * @param arguments raw: an i32 sign-extended, an f32 or f64 as its bits, a v128 as two longs, the low half first
     * @return the first result, raw (of a v128, the low half: {@link #invoke} gives all results); 0 without one
     * @throws IllegalArgumentException without such a function, or with the wrong number of arguments
     * @throws Trap where the code traps
     * @throws WasmException where the code throws and does not catch
     * @throws Unwind where a suspending host function unwinds the stack
     */
    public final long call(String name, long... arguments) throws Unwind {
        return call(exportedFunction(name), arguments);
    }

    /** An exported function. */
    public final FuncRef exportedFunction(String name) {
        int index = code.export(name, Module.Kind.FUNCTION);
        if (index < 0) {
            throw new IllegalArgumentException("no function is exported as \"" + name + "\"");
        }
        return function(index);
    }

    /**
     * An exported function, to be called with Java objects or raw values.
     *
     * @throws IllegalArgumentException without such a function
     */
    public final ExportedFunction function(String name) {
        return new ExportedFunction(this, name, exportedFunction(name));
    }

    /** Calls a function; see {@link #call(String, long...)}. */
    public final long call(FuncRef function, long... arguments) throws Unwind {
        int parameters = function.parameterSlots();
        if (arguments.length != parameters) {
            throw new IllegalArgumentException(function.type() + " called with " + arguments.length + " arguments");
        }
        long[] slots = java.util.Arrays.copyOf(arguments, Math.max(1, Math.max(parameters, function.resultSlots())));
        invoke(function, slots);
        return function.resultSlots() == 0 ? 0 : slots[0];
    }

    /**
     * Calls a function of any instance from here.
     *
     * @param slots the arguments, replaced by the results, a v128 as two longs; as long as the longer of both.
     *     References lie in {@link #references}
     */
    public final void invoke(FuncRef function, long[] slots) throws Unwind {
        Instance before = faultHandler == null ? this : TrapPoint.enter(this);
        try {
            function.invoke(this, slots);
        } catch (RuntimeException | StackOverflowError e) {
            throw Ops.trap(e);
        } finally {
            if (before != this) {
                TrapPoint.leave(before);
            }
        }
    }

    /**
     * Calls through table 0, as {@code call_indirect} does.
     *
     * @throws Trap where the index is out of bounds or the element is null
     */
    public final long callTable(int index, long... arguments) throws Unwind {
        if (tables.length == 0) {
            throw new Trap(Trap.Kind.UNDEFINED_ELEMENT);
        }
        return call(Ops.element(tables[0], index), arguments);
    }

    /**
     * From any thread: makes the guest call its poll handler at the next safepoint, also one of another instance that
     * it has called.
     */
    public final void requestPoll() {
        poll = 1;
        LockSupport.unpark(waiting);
        for (Instance inner = running; inner != null; inner = inner.running) {
            inner.poll = 1;
            LockSupport.unpark(inner.waiting);
        }
    }

    /**
     * From any thread: ends what the instance computes, or computes next, by a {@link Trap} of the kind {@link
     * Trap.Kind#INTERRUPTED} at the next safepoint. Guest code cannot catch it, and the instance may be used
     * again. It also ends another instance's function that this one has called, but no host function that blocks.
     */
    public final void interrupt() {
        interrupted = true;
        requestPoll();
    }

    /** Takes back an {@link #interrupt} that has not been noticed yet. Only the thread that runs the instance. */
    public final void clearInterrupt() {
        interrupted = false;
    }

    /** The log of calls, or null. */
    final CallTrace trace() {
        return trace;
    }

    final void setTrace(CallTrace log) {
        trace = log;
    }

    /**
     * Whether a suspending host function may throw {@link Unwind}: not where another instance's function has called
     * this instance, since its frames cannot be taken away.
     */
    public final boolean unwindable() {
        return crossing == null;
    }

    /** What runs at a requested poll; null for nothing. It may also run when nothing was requested. */
    public final void setPollHandler(PollHandler handler) {
        pollHandler = handler;
    }

    /**
     * What is told of faults where they happen; null for nothing, which is a {@link Trap} thrown through the guest's
     * stack. It counts from the next call of the instance on.
     */
    public final void setFaultHandler(FaultHandler handler) {
        faultHandler = handler;
    }

    final FaultHandler faultHandler() {
        return faultHandler;
    }

    /** Runs the poll handler if a poll is requested. Compiled code calls it at safepoints. */
    public final void pollNow() throws Unwind {
        handlePoll();
        for (Crossing entered = crossing; entered != null; entered = entered.outer) {
            if (entered.caller.poll != 0) {
                entered.caller.handlePoll();
            }
        }
    }

    private void handlePoll() throws Unwind {
        poll = 0;
        if (interrupted) {
            interrupted = false;
            throw new Trap(Trap.Kind.INTERRUPTED);
        }
        if (pollHandler != null) {
            pollHandler.poll(this);
        }
    }

    /** After an instruction that took long, where the stack cannot be unwound: ends the guest if it is to be ended. */
    final void afterLongWork() {
        endIfAsked();
        for (Crossing entered = crossing; entered != null; entered = entered.outer) {
            entered.caller.endIfAsked();
        }
    }

    private void endIfAsked() {
        if (poll == 0) {
            return;
        }
        if (interrupted) {
            interrupted = false;
            throw new Trap(Trap.Kind.INTERRUPTED);
        }
        if (pollHandler != null) {
            pollHandler.end(this);
        }
    }

    /** An exported global. */
    public final Global exportedGlobal(String name) {
        int index = code.export(name, Module.Kind.GLOBAL);
        if (index < 0) {
            throw new IllegalArgumentException("no global is exported as \"" + name + "\"");
        }
        return global(index);
    }

    /** An exported global, or null without one of that name. */
    public final Global findGlobal(String name) {
        int index = code.export(name, Module.Kind.GLOBAL);
        return index < 0 ? null : global(index);
    }

    /** An exported tag, or null without one of that name. */
    public final Tag findTag(String name) {
        int index = code.export(name, Module.Kind.TAG);
        return index < 0 ? null : tags[index];
    }

    /** A global by its index. */
    final Global global(int index) {
        return index < code.importedGlobals() ? boundGlobal(index) : new Global.OfInstance(this, index);
    }

    /** For compiled code and linking: a reference to a function of this instance. */
    public final FuncRef function(int index) {
        if (index < imports.length) {
            return imports[index];
        }
        int defined = index - imports.length;
        if (functionReferences == null) {
            functionReferences = new FuncRef[code.module().code().size()];
        }
        FuncRef reference = functionReferences[defined];
        if (reference == null) {
            reference = new FuncRef(this, index);
            functionReferences[defined] = reference;
        }
        return reference;
    }

    // ---- Fork ----

    /**
     * A copy of this instance as it is now: memories, globals and tables; without a context. No thread
     * may be running this instance. Imported memories, tables and globals stay shared.
     */
    public final Instance fork() {
        return fork(imported -> imported);
    }

    /**
     * {@link #fork()} with other imported memories: a program whose threads share a memory forks with a
     * {@linkplain Memory#copy copy} of it.
     *
     * @param imported gives the child's memory for each imported one
     * @throws IllegalArgumentException where that is smaller
     */
    public final Instance fork(UnaryOperator<Memory> imported) {
        Instance child = create();
        child.code = code;
        child.lineage = lineage;
        child.results = new long[results.length];
        child.references = new Object[references.length];
        child.imports = imports;
        child.hosts = hosts;
        child.tags = tags;
        child.data = data.clone();
        child.elements = elements.clone();
        for (int i = 0; i < elements.length; i++) {
            child.elements[i] = child.own(elements[i]);
        }
        child.pollHandler = pollHandler;
        child.faultHandler = faultHandler;
        child.memories = new Memory[memories.length];
        for (int i = 0; i < memories.length; i++) {
            child.memories[i] = i < code.importedMemories() ? imported.apply(memories[i]) : memories[i].copy();
            // Compiled code does not compare addresses that the module's smallest memory has.
            if (child.memories[i].pages() < memories[i].pages()) {
                throw new IllegalArgumentException("a memory of a fork is smaller than its parent's");
            }
        }
        child.attachMemory();
        child.tables = tables.clone();
        for (int i = code.importedTables(); i < tables.length; i++) {
            child.tables[i] = tables[i].fork(child);
        }
        for (int i = 0; i < code.importedGlobals(); i++) {
            child.bindGlobal(i, boundGlobal(i));
        }
        List<Module.GlobalType> globals = code.module().globals();
        for (int i = code.importedGlobals(); i < globals.size(); i++) {
            if (globals.get(i).type().isReference()) {
                child.setGlobalReference(i, child.own(getGlobalReference(i)));
            } else {
                child.setGlobal(i, getGlobal(i));
                if (globals.get(i).type() == ValType.V128) {
                    child.setGlobalHigh(i, getGlobalHigh(i));
                }
            }
        }
        return child;
    }

    /**
     * A reference as this instance has it: one to a function of an instance that it is a fork of becomes its own, also
     * within an exception.
     */
    final Object own(Object reference) {
        if (reference instanceof WasmException exception && exception.references != null) {
            return new WasmException(exception.tag, exception.values, own(exception.references));
        }
        boolean relative =
                reference instanceof FuncRef f && f.instance != null && f.instance != this && f.instance.lineage == lineage;
        return relative ? function(((FuncRef) reference).index) : reference;
    }

    /** References as this instance has them; null for null. */
    final Object[] own(Object[] references) {
        if (references == null) {
            return null;
        }
        Object[] own = new Object[references.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = own(references[i]);
        }
        return own;
    }

    /** The references of a frame that is resumed here. */
    final Object[] ownFrame(Object[] references) {
        Object[] own = own(references);
        for (int i = 0; i < own.length; i++) {
            if (own[i] instanceof FarLocals shared) {
                if (farLocals == null) {
                    farLocals = new IdentityHashMap<>();
                }
                own[i] = farLocals.computeIfAbsent(shared, FarLocals::copy);
            }
        }
        return own;
    }

    /** The values of the mutable numeric globals, for {@link #restoreGlobals}. */
    public final long[] saveGlobals() {
        int[] mutable = code.mutableGlobals();
        int[] vectors = code.mutableVectors();
        long[] values = new long[mutable.length + vectors.length];
        for (int i = 0; i < mutable.length; i++) {
            values[i] = getGlobal(mutable[i]);
        }
        for (int i = 0; i < vectors.length; i++) {
            values[mutable.length + i] = getGlobalHigh(vectors[i]);
        }
        return values;
    }

    /** Sets the mutable numeric globals back to what they were. */
    public final void restoreGlobals(long[] values) {
        int[] mutable = code.mutableGlobals();
        for (int i = 0; i < mutable.length; i++) {
            setGlobal(mutable[i], values[i]);
        }
        int[] vectors = code.mutableVectors();
        for (int i = 0; i < vectors.length; i++) {
            setGlobalHigh(vectors[i], values[mutable.length + i]);
        }
    }

    /**
     * Continues a computation that was unwound here or in the instance that this is a fork of. The
     * frames stay as they are and may be resumed again.
     *
     * @param frames of the {@link Unwind}, innermost first
     * @param value what the suspending host function returns now
     * @return the first result of the call that had been unwound, raw
     */
    public final long resume(List<StackFrame> frames, long value) throws Unwind {
        this.frames = frames;
        this.framesLeft = frames.size();
        this.farLocals = null;
        this.resumeValue = value;
        this.pending = null;
        Instance before = faultHandler == null ? this : TrapPoint.enter(this);
        try {
            return resumeInner();
        } catch (RuntimeException | StackOverflowError e) {
            throw Ops.trap(e);
        } finally {
            if (before != this) {
                TrapPoint.leave(before);
            }
        }
    }

    /**
     * Continues the next inner frame, and returns what it returns. Compiled code calls it at the call that
     * had been unwound; a {@link HostFrame} calls it for the guest function that it had called.
     */
    public final long resumeInner() throws Unwind {
        if (framesLeft == 0) {
            frames = null;
            farLocals = null;
            return resumeValue;
        }
        long value = switch (frames.get(--framesLeft)) {
            case Frame frame -> resumeFrame(frame.function(), frame.of(this));
            case HostFrame frame -> frame.resume(this);
        };
        if (pending != null) {
            PendingCall.finish(this);
            return results[0];
        }
        return value;
    }

    /** Whether its code asks what the pages of memories allow. Compiled code says so. */
    protected boolean protectsPages() {
        return false;
    }

    /**
     * Gives the memories back, which the garbage collector does not. Nothing may run this instance any more, nor one that imports
     * a memory of it: what is left of a memory is empty.
     */
    @Override
    public final void close() {
        for (int i = code.importedMemories(); i < memories.length; i++) {
            memories[i].close();
        }
        if (memories.length > 0) {
            memories[0].detach(this);
        }
        // Code that asks a page table does not look at the size.
        memory0 = memories.length == 0 || protectsPages() ? null : memories[0].view();
        memoryEnd = 0;
    }

    // ---- For compiled code ----

    /** For compiled code: {@code memory.size}. */
    public final long memorySize(int index) {
        return memories[index].pages();
    }

    /** Memory 0 is from now on, or has become, what the view says. */
    final void setMemory(MemoryView view) {
        memory0 = view;
        memoryBase = view.base + LoadStore.BIAS;
        memoryEnd = view.end;
    }

    final void attachMemory() {
        if (memories.length > 0) {
            memories[0].attach(this);
        }
    }
}
