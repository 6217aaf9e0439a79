package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shared memories, atomic instructions and waiting, with several threads. */
@Timeout(60)
class SharedMemoryTest {
    private static final String PROGRAM =
            """
            (import "host" "memory" (memory 1 100 shared))
            (func (export "count") (param $at i32) (param $n i32)
              (loop $l
                (drop (i32.atomic.rmw.add (local.get $at) (i32.const 1)))
                (drop (i32.atomic.rmw8.add_u offset=5 (local.get $at) (i32.const 1)))
                (drop (i64.atomic.rmw16.sub_u offset=6 (local.get $at) (i64.const 1)))
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
            (func $lock (param $at i32)
              (block $done
                (loop $l
                  (br_if $done (i32.eqz (i32.atomic.rmw.cmpxchg (local.get $at) (i32.const 0) (i32.const 1))))
                  (drop (memory.atomic.wait32 (local.get $at) (i32.const 1) (i64.const -1)))
                  (br $l))))
            (func $unlock (param $at i32)
              (i32.atomic.store (local.get $at) (i32.const 0))
              (drop (memory.atomic.notify (local.get $at) (i32.const 1))))
            (func (export "locked") (param $at i32) (param $n i32)
              (loop $l
                (call $lock (local.get $at))
                (i32.store offset=4 (local.get $at) (i32.add (i32.const 1) (i32.load offset=4 (local.get $at))))
                (call $unlock (local.get $at))
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
            (func (export "wait32") (param i32 i32 i64) (result i32)
              (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
            (func (export "wait64") (param i32 i64 i64) (result i32)
              (memory.atomic.wait64 offset=8 (local.get 0) (local.get 1) (local.get 2)))
            (func (export "notify") (param i32 i32) (result i32)
              (memory.atomic.notify (local.get 0) (local.get 1)))
            (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
            (func (export "size") (result i32) (memory.size))
            (func (export "last") (result i32)
              (loop $l (br_if $l (i32.eqz (i32.atomic.load (i32.const 0)))))
              (i32.load (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))))
            (func (export "set-last") (param i32)
              (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4)) (local.get 0))
              (atomic.fence)
              (i32.atomic.store (i32.const 0) (i32.const 1)))
            """;

    private static final CompiledModule CODE = Wat.compile(PROGRAM);

    private final Memory memory = new Memory(new Module.MemoryType(new Module.Limits(1, 100), true, false));

    @AfterEach
    void close() {
        memory.close();
    }

    private Instance instance() {
        return CODE.instantiate(new Imports().add("host", "memory", memory));
    }

    private CompletableFuture<Long> start(Instance instance, String function, long... arguments) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(instance.call(function, arguments));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private void awaitWaiters(int address, int count) throws InterruptedException {
        // A notification of nobody tells nothing; so look at the threads' state through the memory itself.
        while (memory.waiting(address) < count) {
            Thread.sleep(1);
        }
    }

    @Test
    void updatesAreAtomic() {
        List<CompletableFuture<Long>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(start(instance(), "count", 64, 20_000));
        }
        threads.forEach(CompletableFuture::join);
        assertEquals(80_000, memory.segment().get(Ops.I32, 64));
        assertEquals((byte) 80_000, memory.segment().get(Ops.I8, 69));
        assertEquals((short) -80_000, memory.segment().get(Ops.I16, 70));
        assertEquals(0, memory.segment().get(Ops.I8, 68));
    }

    @Test
    void aLockOfWaitAndNotifyExcludes() {
        List<CompletableFuture<Long>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(start(instance(), "locked", 64, 5_000));
        }
        threads.forEach(CompletableFuture::join);
        assertEquals(20_000, memory.segment().get(Ops.I32, 68));
    }

    @Test
    void notifyWakesAsManyAsAskedTheLongestWaitingFirst() throws Throwable {
        List<CompletableFuture<Long>> waiters = new ArrayList<>();
        for (int t = 1; t <= 3; t++) {
            waiters.add(start(instance(), "wait32", 128, 0, -1));
            awaitWaiters(128, t);
        }
        CompletableFuture<Long> other = start(instance(), "wait64", 128, 0, -1);
        awaitWaiters(136, 1);
        Instance notifier = instance();
        assertEquals(0, notifier.call("notify", 128, 0));
        assertEquals(0, notifier.call("notify", 132, -1));
        assertEquals(1, notifier.call("notify", 128, 1));
        assertEquals(0, waiters.getFirst().join());
        assertFalse(waiters.get(1).isDone());
        assertEquals(2, notifier.call("notify", 128, -1));
        assertEquals(0, waiters.get(1).join());
        assertEquals(0, waiters.get(2).join());
        assertEquals(1, notifier.call("notify", 136, 5));
        assertEquals(0, other.join());
    }

    @Test
    void waitsEndByTimeAndByValue() throws Unwind {
        Instance instance = instance();
        assertEquals(1, instance.call("wait32", 0, 1, -1));
        assertEquals(1, instance.call("wait64", 0, 1, -1));
        assertEquals(2, instance.call("wait32", 0, 0, 0));
        long start = System.nanoTime();
        assertEquals(2, instance.call("wait64", 0, 0, 20_000_000));
        assertTrue(System.nanoTime() - start >= 20_000_000);
        assertEquals(0, instance.call("notify", 0, -1), "a wait that is over is not notified");
    }

    @Test
    void aWaiterCanBeKilledAndInterrupted() throws Throwable {
        Instance instance = instance();
        int[] polls = new int[1];
        instance.setPollHandler(polled -> {
            if (++polls[0] == 2) {
                throw new IllegalStateException("killed");
            }
        });
        CompletableFuture<Long> waiter = start(instance, "wait32", 0, 0, -1);
        awaitWaiters(0, 1);
        instance.requestPoll();
        while (instance.poll != 0) {
            Thread.onSpinWait();
        }
        assertEquals(1, memory.waiting(0), "after its poll the guest goes on waiting");
        instance.requestPoll();
        CompletionException end = assertThrows(CompletionException.class, waiter::join);
        assertEquals("killed", end.getCause().getMessage());
        assertEquals(0, memory.waiting(0));
    }

    @Test
    void aGrownMemoryIsSeenByAllAndDoesNotMove() throws Unwind {
        Instance one = instance();
        CompletableFuture<Long> reader = start(instance(), "last");
        long address = memory.segment().address();
        assertEquals(1, one.call("grow", 49));
        one.call("set-last", 4711);
        assertEquals(4711, reader.join());
        assertEquals(address, memory.segment().address());
        assertEquals(50, instance().call("size"));
        assertEquals(-1, one.call("grow", 51));
    }

    @Test
    void growthByManyThreadsAddsUp() {
        List<CompletableFuture<Long>> threads = new ArrayList<>();
        for (int t = 0; t < 40; t++) {
            threads.add(start(instance(), "grow", 2));
        }
        assertEquals(40, threads.stream().map(CompletableFuture::join).distinct().count());
        assertEquals(81, memory.pages());
    }

    @Test
    void theHostWaitsAndNotifiesAsWell() throws Throwable {
        CompletableFuture<Void> woken = new CompletableFuture<>();
        assertNull(memory.startWait32(64, 1, () -> {}));
        MemoryWait wait = memory.startWait32(64, 0, () -> woken.complete(null));
        MemoryWait second = memory.startWait64(64, 0, () -> {});
        Instance guest = instance();
        assertEquals(1, guest.call("notify", 64, 1));
        woken.join();
        assertTrue(wait.woken());
        assertFalse(wait.cancel());
        assertTrue(second.cancel());
        assertEquals(0, memory.notify(64, -1));
        CompletableFuture<Long> waiter = start(guest, "wait32", 64, 0, -1);
        awaitWaiters(64, 1);
        assertEquals(1, memory.notify(64, -1));
        assertEquals(0, waiter.join());
    }

    @Test
    void whatIsUnalignedOrOutsideTraps() {
        Instance instance = instance();
        Trap unaligned = assertThrows(Trap.class, () -> instance.call("notify", 2, 0));
        assertEquals(Trap.Kind.UNALIGNED_ATOMIC, unaligned.kind());
        Trap outside = assertThrows(Trap.class, () -> instance.call("notify", 65536, 0));
        assertEquals(Trap.Kind.OUT_OF_BOUNDS_MEMORY, outside.kind());
        outside = assertThrows(Trap.class, () -> instance.call("wait32", -4, 0, 0));
        assertEquals(Trap.Kind.OUT_OF_BOUNDS_MEMORY, outside.kind());
    }

    @Test
    void aForkThatInterruptsAWaitGoesOnWaitingInBoth() throws Throwable {
        CompileOptions options = new CompileOptions("fork", (module, imported) -> true);
        CompiledModule code = Wat.compile(
                """
                (import "host" "memory" (memory 1 1 shared))
                (import "host" "fork" (func (result i32)))
                (func (export "wait") (param i32) (result i32)
                  (i32.add (local.get 0) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 10000000))))
                """,
                options);
        Memory shared = new Memory(new Module.MemoryType(new Module.Limits(1, 1), true, false));
        HostFunction never = new HostFunction("host", "fork", new FuncType(List.of(), List.of(ValType.I32))) {};
        Instance parent = code.instantiate(new Imports().add("host", "memory", shared).add(never));
        parent.setPollHandler(polled -> {
            throw new Unwind("fork");
        });
        parent.requestPoll();
        Unwind unwound = assertThrows(Unwind.class, () -> parent.call("wait", 100));
        assertEquals(0, shared.waiting(0));
        Instance child = parent.fork(Memory::copy);
        assertEquals(102, parent.resume(unwound.frames(), 0));
        child.linearMemory().segment().set(Ops.I32, 0, 1);
        assertEquals(101, child.resume(unwound.frames(), 0));
        assertInstanceOf(MemoryWaits.Request.class, unwound.frames().getFirst());
    }
}
