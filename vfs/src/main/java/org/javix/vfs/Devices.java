package org.javix.vfs;

import java.util.concurrent.ConcurrentHashMap;

/** The device drivers of one sandbox, by device number. Thread-safe. */
public final class Devices {
    private final ConcurrentHashMap<Long, SpecialFiles> characters = new ConcurrentHashMap<>();

    /** The devices that need no process model: null, zero, full, random and urandom. */
    public Devices() {
        MemoryDevice.register(this);
    }

    /** The device number of a major and a minor number, as {@code makedev} computes it. */
    public static long number(int major, int minor) {
        return (major & 0xfffff000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffffff00L) << 12 | (minor & 0xffL);
    }

    /** Sets the driver of a character device, replacing an earlier one. */
    public void register(long number, SpecialFiles driver) {
        characters.put(number, driver);
    }

    /** Removes the driver of a character device. */
    public void unregister(long number) {
        characters.remove(number);
    }

    /** The driver of a character device, or null. */
    public SpecialFiles character(long number) {
        return characters.get(number);
    }
}
