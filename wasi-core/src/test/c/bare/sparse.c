/* A program with 64-bit pointers that scatters numbers over all of its memory, and finds them again. */
typedef unsigned long size;

static size place(size i, size count) { return i * 0x9e3779b97f4a7c15 % count; }

/* How many of `numbers` numbers are found in `bytes` more bytes of memory, or -1 without them. */
__attribute__((export_name("scatter"))) long scatter(size bytes, size numbers) {
    size old = __builtin_wasm_memory_grow(0, bytes / 65536);
    if (old == (size)-1)
        return -1;
    size *array = (size *)(old * 65536);
    size count = bytes / sizeof(size);
    for (size i = 0; i < numbers; i++)
        array[place(i, count)] = i + 1;
    long found = 0;
    for (size i = 0; i < numbers; i++)
        found += array[place(i, count)] == i + 1;
    for (size i = 0; i < numbers; i++)
        found -= array[place(i + numbers, count)] != 0;
    return found;
}
