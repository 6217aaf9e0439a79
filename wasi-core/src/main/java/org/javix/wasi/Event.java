package org.javix.wasi;

/**
 * An event of {@code poll_oneoff}.
 *
 * @param userdata what the subscription carried
 * @param error 0 or a negative error number
 * @param type the subscription's type
 * @param bytes how many bytes can be read; 0 where that is not known
 * @param hangup whether the other side is gone
 */
record Event(long userdata, int error, int type, long bytes, boolean hangup) {
    /** How many bytes one takes in the guest's memory. */
    static final int SIZE = 32;

    private static final int HANGUP = 1;

    void write(Guest guest, long at) {
        guest.putU64(at, userdata);
        guest.putU16(at + 8, WasiErrno.of(error));
        guest.putU8(at + 10, type);
        guest.putU64(at + 16, bytes);
        guest.putU16(at + 24, hangup ? HANGUP : 0);
    }
}
