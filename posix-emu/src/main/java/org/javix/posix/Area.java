package org.javix.posix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.process.ProcessImage;
import org.javix.vfs.Stat;

/**
 * A range of an address space whose pages have the same rights and the same origin. Immutable.
 *
 * @param start its first address, a multiple of the page
 * @param end the address behind it
 * @param prot {@link #READ}, {@link #WRITE}, {@link #EXECUTE}
 * @param flags {@link #SHARED} and what else is known of it
 * @param mapping what its bytes come from; null for zeroes of its own
 * @param offset where in the file the range starts; 0 without one
 */
record Area(long start, long end, int prot, int flags, Mapping mapping, long offset) {
    static final int READ = 1;
    static final int WRITE = 2;
    static final int EXECUTE = 4;

    /** Writes reach the file, and whoever else maps it. */
    static final int SHARED = 1;

    /** {@code mlock}. */
    static final int LOCKED = 2;

    /** MADV_DONTFORK. */
    static final int NOT_INHERITED = 4;

    /** MADV_WIPEONFORK. */
    static final int INHERITED_EMPTY = 8;

    /** Of the program itself, its data and stack. */
    static final int PROGRAM = 16;

    /** The program break's. */
    static final int BREAK = 32;

    /** The C library's own. */
    static final int HEAP = 64;

    /** MAP_GROWSDOWN: becomes longer at its beginning, by the pages that are touched below it. */
    static final int GROWS_DOWN = 128;

    /** MADV_RANDOM, MADV_SEQUENTIAL, and so on: advice that changes nothing but is remembered, and told. */
    static final int RANDOM = 1 << 8;
    static final int SEQUENTIAL = 1 << 9;
    static final int NOT_DUMPED = 1 << 10;
    static final int MERGEABLE = 1 << 11;
    static final int HUGE_PAGES = 1 << 12;
    static final int NO_HUGE_PAGES = 1 << 13;

    /** In Linux's order. */
    private static final Map<Integer, String> SMAPS_NAMES = new LinkedHashMap<>();

    static {
        SMAPS_NAMES.put(GROWS_DOWN, "gd");
        SMAPS_NAMES.put(LOCKED, "lo");
        SMAPS_NAMES.put(SEQUENTIAL, "sr");
        SMAPS_NAMES.put(RANDOM, "rr");
        SMAPS_NAMES.put(NOT_INHERITED, "dc");
        SMAPS_NAMES.put(INHERITED_EMPTY, "wf");
        SMAPS_NAMES.put(NOT_DUMPED, "dd");
        SMAPS_NAMES.put(HUGE_PAGES, "hg");
        SMAPS_NAMES.put(NO_HUGE_PAGES, "nh");
        SMAPS_NAMES.put(MERGEABLE, "mg");
    }

    long length() {
        return end - start;
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether an access is allowed; as on most machines, what can be written or executed can be read. */
    boolean allows(boolean store) {
        return store ? (prot & WRITE) != 0 : prot != 0;
    }

    /** Where in the file an address lies. */
    long position(long address) {
        return offset + address - start;
    }

    /** The part from {@code from} to {@code to}, both within. */
    Area part(long from, long to) {
        return new Area(from, to, prot, flags, mapping, mapping == null ? 0 : position(from));
    }

    Area withProt(int rights) {
        return new Area(start, end, rights, flags, mapping, offset);
    }

    Area withFlags(int set, int cleared) {
        return new Area(start, end, prot, flags & ~cleared | set, mapping, offset);
    }

    /** Whether the area that starts where this one ends is nothing but more of the same. */
    boolean continuesIn(Area next) {
        return next.start == end
                && next.prot == prot
                && next.flags == flags
                && next.mapping == mapping
                && (mapping == null || position(end) == next.offset);
    }

    /** Whether Linux counts it as data: private and writable, and no stack. */
    boolean isData() {
        return (prot & WRITE) != 0 && !is(SHARED | GROWS_DOWN);
    }

    /**
     * The area as {@code /proc/PID/maps} has it.
     *
     * @param program the path of the process's program
     */
    ProcessImage.Area described(String program) {
        Stat file = new Stat();
        if (mapping != null) {
            mapping.file().stat(file);
        }
        return new ProcessImage.Area(start, end, permissions(), offset, file.dev, file.ino, name(program));
    }

    private String name(String program) {
        if (mapping != null) {
            return mapping.name();
        }
        return is(PROGRAM) ? program : is(BREAK) ? "[heap]" : "";
    }

    private String permissions() {
        return ((prot & READ) != 0 ? "r" : "-")
                + ((prot & WRITE) != 0 ? "w" : "-")
                + ((prot & EXECUTE) != 0 ? "x" : "-")
                + (is(SHARED) ? "s" : "p");
    }

    /** What {@code /proc/PID/smaps} says of it in {@code VmFlags}, besides its permissions. */
    List<String> flagNames() {
        List<String> names = new ArrayList<>();
        SMAPS_NAMES.forEach((flag, name) -> {
            if (is(flag)) {
                names.add(name);
            }
        });
        return names;
    }
}
