/* A ticket lock and a counter under it, in a memory that instances share. */
static int next_ticket;
static int now_serving;
static long counter;

static void lock(void) {
    int mine = __atomic_fetch_add(&next_ticket, 1, __ATOMIC_SEQ_CST);
    int serving;
    while ((serving = __atomic_load_n(&now_serving, __ATOMIC_ACQUIRE)) != mine)
        __builtin_wasm_memory_atomic_wait32(&now_serving, serving, -1);
}

static void unlock(void) {
    __atomic_fetch_add(&now_serving, 1, __ATOMIC_RELEASE);
    __builtin_wasm_memory_atomic_notify(&now_serving, -1u);
}

__attribute__((export_name("work"))) void work(int times) {
    for (int i = 0; i < times; i++) {
        lock();
        counter++;
        unlock();
    }
}

__attribute__((export_name("counter"))) long get_counter(void) {
    return __atomic_load_n(&counter, __ATOMIC_SEQ_CST);
}
