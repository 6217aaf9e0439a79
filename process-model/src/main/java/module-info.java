/** The operating system in plain Java: processes, signals, pipes, terminals. No Wasm types. */
module org.javix.process {
    requires transitive org.javix.vfs;

    exports org.javix.net;
    exports org.javix.process;
}
