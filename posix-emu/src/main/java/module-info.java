/** The optional POSIX emulation, and the public {@code Sandbox} API. */
module org.javix.posix {
    requires transitive org.javix.process;
    requires transitive org.javix.wasm;

    exports org.javix.posix;
}
