/* A program with 64-bit pointers, which fills an array beyond 4 GiB. */
typedef unsigned long size;
_Static_assert(sizeof(void *) == 8, "64-bit pointers");

static int plus_one(int x) { return x + 1; }
static int twice(int x) { return 2 * x; }
static int (*volatile functions[])(int) = {plus_one, twice};

__attribute__((export_name("sum"))) long sum(size bytes, int which) {
    size count = bytes / sizeof(int);
    size pages = bytes / 65536;
    size old = __builtin_wasm_memory_grow(0, pages);
    if (old == (size)-1)
        return -1;
    int *array = (int *)(old * 65536);
    for (size i = 0; i < count; i += 1 << 20)
        array[i] = functions[which]((int)i);
    int *last = array + count - 1;
    *last = 7;
    __builtin_memcpy(array + 1, last, sizeof(int));
    long sum = 0;
    for (size i = 0; i < count; i += 1 << 20)
        sum += array[i];
    return sum + array[1];
}
