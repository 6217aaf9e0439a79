package org.javix.vfs;

/** Who gets the signals about an open file, as {@code F_SETOWN} and {@code F_SETSIG} say. Immutable. */
public interface FileOwner {
    /** Something can be read. */
    int POLL_IN = 1;

    /** Something can be written. */
    int POLL_OUT = 2;

    /** Something about the file's lease, or in the directory, has happened: {@code POLL_MSG}. */
    int POLL_MSG = 3;

    /** An error has happened. */
    int POLL_ERR = 4;

    /** Urgent data have come. */
    int POLL_PRI = 5;

    /** The other end is gone. */
    int POLL_HUP = 6;

    /**
     * Sends the signal. Whoever calls may hold locks of files.
     *
     * @param descriptor what the file was known by when somebody asked to be told
     * @param code what has happened, such as {@link #POLL_MSG}
     */
    void tell(int descriptor, int code);
}
