/** The core: a WebAssembly engine, and WASI preview 1 over the virtual file system. */
module org.javix.wasm {
    requires transitive org.javix.vfs;

    exports org.javix.wasi;
    exports org.javix.wasm;
    // For compiled code only.
    exports org.javix.wasm.simd;
}
