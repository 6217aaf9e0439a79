package org.javix.vfs;

/** Devices. */
abstract class MemoryDevice extends OpenFile {
    private MemoryDevice(int flags, Location location) {
        super(flags, location);
    }

    static void register(Devices devices) {}
}
