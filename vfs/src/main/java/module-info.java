/** The virtual file system: inodes, mounts and descriptors. Plain Java: no Wasm, no processes. */
module org.javix.vfs {
    exports org.javix.vfs;
    exports org.javix.vfs.nio;
    exports org.javix.vfs.transfer;
}
