package org.javix.net;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.javix.vfs.OpenFile;

/** What one call sends or receives: the caller's bytes, and what goes beside them. Used by one thread. */
public final class SocketMessage {
    /** Out-of-band data. */
    public static final int MSG_OOB = 1;
    /** Leave what was received. */
    public static final int MSG_PEEK = 2;
    /** Not beyond this machine. */
    public static final int MSG_DONTROUTE = 4;
    /** Control data did not fit. */
    public static final int MSG_CTRUNC = 8;
    /** Asked for: tell the length that the message had. Told: it was longer than the buffer. */
    public static final int MSG_TRUNC = 0x20;
    /** Do not wait. */
    public static final int MSG_DONTWAIT = 0x40;
    /** The end of a record. */
    public static final int MSG_EOR = 0x80;
    /** Wait until the buffer is full. */
    public static final int MSG_WAITALL = 0x100;
    /** Receive errors instead of data. */
    public static final int MSG_ERRQUEUE = 0x2000;
    /** No SIGPIPE. */
    public static final int MSG_NOSIGNAL = 0x4000;
    /** More will follow; without effect. */
    public static final int MSG_MORE = 0x8000;
    /** Files received close on exec. */
    public static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

    final MemorySegment buffer;
    final long at;
    final long length;
    final int flags;

    private byte[] address;
    private List<OpenFile> files = List.of();
    private SocketCredentials credentials;
    private Arrival arrival;
    private List<ControlMessage> control = List.of();
    private int resultFlags;
    private boolean complete;
    private boolean keepsUrgent;

    /**
     * A message of {@code length} bytes, or room for as many.
     *
     * @param flags MSG_…
     */
    public SocketMessage(MemorySegment buffer, long at, long length, int flags) {
        this.buffer = buffer;
        this.at = at;
        this.length = length;
        this.flags = flags;
    }

    /** Whether the caller has set a flag. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Where to, or where from: a {@code struct sockaddr}; null for nothing. */
    public byte[] address() {
        return address;
    }

    /** Sets where to or where from. */
    public void setAddress(byte[] sockaddr) {
        address = sockaddr;
    }

    /**
     * The files that go with it. Those of a message to be sent stay the caller's; those of a received one
     * have a reference each, which the caller gets.
     */
    public List<OpenFile> files() {
        return files;
    }

    /** Sets the files that go with it. */
    public void setFiles(List<OpenFile> what) {
        files = what;
    }

    /** Who sends, if that was said or asked for; else null. */
    public SocketCredentials credentials() {
        return credentials;
    }

    /** Sets who sends. */
    public void setCredentials(SocketCredentials who) {
        credentials = who;
    }

    /** How it comes, if that may be asked for; else null. */
    Arrival arrival() {
        return arrival;
    }

    void setArrival(Arrival how) {
        arrival = how;
    }

    /** What the receiver has asked for besides, but for files and credentials. */
    public List<ControlMessage> control() {
        return control;
    }

    void setControl(List<ControlMessage> what) {
        control = what;
    }

    /** What is to be told of a received message: MSG_TRUNC, MSG_EOR, MSG_OOB. */
    public int resultFlags() {
        return resultFlags;
    }

    void setResultFlags(int bits) {
        resultFlags = bits;
    }

    /** Whether the receiver takes urgent data for what it lies between: SO_OOBINLINE. */
    boolean keepsUrgent() {
        return keepsUrgent;
    }

    void setKeepsUrgent(boolean keeps) {
        keepsUrgent = keeps;
    }

    /** Whether nothing may be added to what was received, even if there is room. */
    boolean isComplete() {
        return complete;
    }

    void setComplete() {
        complete = true;
    }
}
