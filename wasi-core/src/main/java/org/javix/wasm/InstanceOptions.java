package org.javix.wasm;

import java.util.function.Consumer;

/**
 * What an instance is made with: limits, and what must be there before its start function runs. Not
 * thread-safe while it is filled; one may serve any number of instances that share what it holds.
 *
 * <p>The depth of calls has no option: it is that of the Java thread's stack, and one may run an instance in a
 * thread that was made with the stack it wants. Time is limited by a {@link Deadline}.
 */
public final class InstanceOptions {
    private long memoryPages = Memory.MAX_PAGES_64;
    private long tableElements = Table.LARGEST;
    private Object context;
    private PollHandler pollHandler;
    private Consumer<String> trace;
    private Consumer<Instance> created = instance -> {};

    /** No limits but WebAssembly's and the engine's own, and nothing else. */
    public InstanceOptions() {}

    /** Limits each memory, in pages of 64 KiB: {@code memory.grow} fails beyond it. */
    public InstanceOptions memoryPages(long most) {
        memoryPages = most;
        return this;
    }

    /** Limits each table, in elements: {@code table.grow} fails beyond it. */
    public InstanceOptions tableElements(long most) {
        tableElements = Math.min(most, Table.LARGEST);
        return this;
    }

    /** Sets the embedder's object, which host functions find in {@link Instance#context}. */
    public InstanceOptions context(Object object) {
        context = object;
        return this;
    }

    /** Sets what runs at a requested poll; see {@link Instance#requestPoll}. */
    public InstanceOptions pollHandler(PollHandler handler) {
        pollHandler = handler;
        return this;
    }

    /**
     * Logs every call of an exported function that Java makes, and every call of a function that the module
     * imports, with arguments and results, indented by depth:
     *
     * <pre>{@code
     * --> .run(2)
     *     ==> env.add(x=2,y=40)
     *     <== 42
     * <-- 42
     * }</pre>
     *
     * <p>The indentation is by tabs. It costs nothing where it is not asked for.
     */
    public InstanceOptions trace(Consumer<String> log) {
        trace = log;
        return this;
    }

    /**
     * Calls this with the new instance before anything of it runs, so that another thread can interrupt its
     * start function.
     */
    public InstanceOptions created(Consumer<Instance> listener) {
        created = listener;
        return this;
    }

    long memoryPages() {
        return memoryPages;
    }

    long tableElements() {
        return tableElements;
    }

    /** Gives a new instance what this says. */
    void apply(Instance instance) {
        instance.setContext(context);
        instance.setPollHandler(pollHandler);
        instance.setTrace(trace == null ? null : new CallTrace(trace));
        created.accept(instance);
    }
}
