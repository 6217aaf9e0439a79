package org.javix.vfs;

import java.lang.foreign.MemorySegment;

/**
 * A regular file's bytes as several memories can show them at the same time: what {@code MAP_SHARED} maps. Whatever
 * is written to the file is seen in the memories at once, and the other way round.
 *
 * <p>The bytes lie in a file of the host's that never ends, or, where the host has no such thing, in pages on
 * Java's side. Thread-safe.
 */
public interface SharedFile {
    /** The size of a page in bytes. */
    int PAGE = Pages.SIZE;

    /** Is told when pages of the file are no longer what they were: cut off, or made a hole. */
    @FunctionalInterface
    interface Watcher {
        /**
         * Called on any thread, without a lock.
         *
         * @param first the number of the first page
         * @param end the number of the page after the last
         */
        void changed(long first, long end);
    }

    /** The file's length in bytes, now. */
    long size();

    /**
     * Makes a page ready to be shown, and to be written to if {@code store}: then it takes part in the file system's
     * space from now on, and the file counts as modified.
     *
     * @return 0 or -ENOSPC
     */
    int prepare(long page, boolean store);

    /** The host's descriptor whose byte n is the file's byte n; -1 where there is none. It lives as long as this. */
    int descriptor();

    /** Where there is no descriptor: the bytes of a page that is ready, aligned to 8 bytes. */
    MemorySegment page(long page);

    /** Tells a watcher from now on. */
    void watch(Watcher watcher);

    /** No longer tells it. */
    void unwatch(Watcher watcher);
}
