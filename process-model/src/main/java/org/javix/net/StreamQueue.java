package org.javix.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.javix.process.ByteRing;
import org.javix.vfs.FileOwner;
import org.javix.vfs.OpenFile;
import org.javix.vfs.WaitQueue;

/**
 * One direction of a stream: bytes without bounds, except where files or credentials were sent beside some of them.
 * Those are received with the first of their bytes. One call receives no bytes beyond those that files came with, and
 * none of two senders, if it wants to know the sender.
 *
 * <p>One byte may be urgent, that of the last message sent so. It lies in the stream, where a call stops before it, and is
 * received apart, unless the receiver wants it {@linkplain SocketMessage#keepsUrgent in line}.
 */
final class StreamQueue extends ReceiveQueue {
    /** What went beside the bytes from {@code start} up to {@code end}, by their positions in the stream. */
    private record Mark(long start, long end, Ancillary ancillary) {}

    private final ByteRing bytes;
    // Guarded by the ring's read lock. Bytes that have a mark are added under both locks, so that none is received
    // before its mark is there.
    private final ArrayDeque<Mark> marks = new ArrayDeque<>(0);
    // Guarded by the ring's read lock: urgent bytes that were received apart before the present one came, by position.
    private final ArrayDeque<Long> gone = new ArrayDeque<>(0);
    // Written under the ring's read lock: the position of the urgent byte until it is passed, else -1; and whether it can
    // be received apart.
    private volatile long urgentAt = -1;
    private volatile boolean urgent;

    StreamQueue(int capacity, BufferMemory memory, WaitQueue readable, WaitQueue writable) {
        super(readable, writable);
        bytes = new ByteRing(capacity, memory);
    }

    @Override
    int put(SocketMessage message, long from, Ancillary ancillary) {
        int count = ancillary == null && !message.has(SocketMessage.MSG_OOB)
                ? bytes.put(message.buffer, message.at + from, message.length - from)
                : putMarked(message, from, ancillary);
        if (count > 0) {
            readable.wakeAll(FileOwner.POLL_IN);
            return count;
        }
        return count == 0 ? FULL : NO_MEMORY;
    }

    /** Adds bytes that something goes beside, or the last of which is urgent. */
    private int putMarked(SocketMessage message, long from, Ancillary ancillary) {
        synchronized (bytes.writeLock()) {
            synchronized (bytes.readLock()) {
                long start = bytes.tail();
                int count = bytes.put(message.buffer, message.at + from, message.length - from);
                if (count > 0 && ancillary != null) {
                    marks.add(new Mark(start, start + count, ancillary));
                }
                if (message.has(SocketMessage.MSG_OOB) && count > 0 && from + count == message.length) {
                    if (urgentAt >= 0 && !urgent) {
                        gone.add(urgentAt);
                    }
                    urgentAt = bytes.tail() - 1;
                    urgent = true;
                    passGone();
                }
                return count;
            }
        }
    }

    /** Passes over what was received apart, if it is next. Guarded by the read lock. */
    private void passGone() {
        while (!gone.isEmpty() && gone.peekFirst() == bytes.head()) {
            bytes.skip(1);
            gone.removeFirst();
        }
    }

    /** Whether there is an urgent byte to be received apart. */
    boolean hasUrgent() {
        return urgent;
    }

    /** Whether the next byte is the urgent one, or was. */
    boolean isAtUrgent() {
        return urgentAt >= 0 && urgentAt == bytes.head();
    }

    /** How many bytes a receiver can have before the urgent one, which does not count; all if it is not there. */
    int beforeUrgent() {
        synchronized (bytes.readLock()) {
            return urgentAt < 0 ? bytes.available() : (int) (urgentAt - bytes.head());
        }
    }

    /** How many bytes a receiver can have, the urgent one among them unless it was received. */
    int received() {
        synchronized (bytes.readLock()) {
            return bytes.available() - gone.size() - (urgentAt >= 0 && !urgent ? 1 : 0);
        }
    }

    /** Receives the urgent byte apart, without what goes beside it, which is dropped; false if there is none. */
    boolean takeUrgent(SocketMessage into) {
        Ancillary lost;
        synchronized (bytes.readLock()) {
            if (!urgent) {
                return false;
            }
            if (into.length > 0) {
                bytes.peek((int) (urgentAt - bytes.head()), into.buffer, into.at, 1);
            }
            urgent = into.has(SocketMessage.MSG_PEEK);
            lost = urgent ? null : removeMarkOfUrgent();
        }
        if (lost != null) {
            lost.discard();
        }
        return true;
    }

    /** Removes, and answers, what goes beside the urgent byte alone; null if that is nothing. Guarded by the read lock. */
    private Ancillary removeMarkOfUrgent() {
        for (Mark mark : marks) {
            if (mark.start == urgentAt && mark.end == urgentAt + 1) {
                marks.remove(mark);
                return mark.ancillary;
            }
        }
        return null;
    }

    @Override
    long take(SocketMessage into, long done, boolean passesCredentials) {
        boolean peeks = into.has(SocketMessage.MSG_PEEK);
        if (isAtUrgent() && !into.keepsUrgent() && !peeks) {
            skipUrgent();
        }
        int count;
        synchronized (bytes.readLock()) {
            if (isAtUrgent() && !into.keepsUrgent()) {
                return peeks ? peekBeyondUrgent(into, done) : 0;
            }
            long start = bytes.head();
            // What a look at the same bytes has skipped before.
            long skipped = peeks ? done : 0;
            long end = start + Math.min(into.length - done + skipped, bytes.available());
            start += skipped;
            if (urgentAt > start && urgentAt < end) {
                end = urgentAt;
                into.setComplete();
            }
            if (!gone.isEmpty() && gone.peekFirst() < end) {
                end = gone.peekFirst();
            }
            if (start >= end) {
                return EMPTY;
            }
            if (!marks.isEmpty() || passesCredentials) {
                end = receiveMarks(into, start, end, peeks, done == 0, passesCredentials);
                if (start == end) {
                    return 0;
                }
            }
            count = bytes.peek((int) skipped, into.buffer, into.at + done, end - start);
            if (peeks) {
                return count;
            }
            bytes.skip(count);
            passGone();
            if (urgentAt >= 0 && urgentAt < bytes.head()) {
                passUrgent();
            }
        }
        taken(bytes.available(), count);
        bytes.trim();
        return count;
    }

    /** Passes over the urgent byte if it is next, and what went beside it alone. */
    private void skipUrgent() {
        Ancillary lost;
        synchronized (bytes.readLock()) {
            if (!isAtUrgent()) {
                return;
            }
            lost = removeMarkOfUrgent();
            bytes.skip(1);
            passUrgent();
        }
        if (lost != null) {
            lost.discard();
        }
    }

    /** Guarded by the read lock. */
    private long peekBeyondUrgent(SocketMessage into, long done) {
        into.setComplete();
        long count = Math.min(into.length - done, bytes.available() - 1);
        return count <= 0 ? EMPTY : bytes.peek(1, into.buffer, into.at + done, count);
    }

    /** Guarded by the read lock. */
    private void passUrgent() {
        urgentAt = -1;
        urgent = false;
    }

    /** Receives what goes beside the bytes of a range; answers where the range must end. Guarded by the read lock. */
    private long receiveMarks(
            SocketMessage into, long start, long wantedEnd, boolean peeks, boolean first, boolean passesCredentials) {
        long end = wantedEnd;
        SocketCredentials sender = first ? senderAt(start) : into.credentials();
        if (passesCredentials) {
            into.setCredentials(sender);
            for (long at = start; at < end; at = nextBound(at)) {
                if (!senderAt(at).equals(sender)) {
                    end = at;
                    into.setComplete();
                }
            }
        }
        for (Mark mark : marks) {
            if (mark.end > start && mark.start < end && !mark.ancillary.files().isEmpty()) {
                into.setFiles(peeks ? mark.ancillary.peekFiles() : mark.ancillary.takeFiles());
                into.setComplete();
                end = Math.min(end, mark.end);
            }
        }
        if (!peeks) {
            while (!marks.isEmpty() && marks.peekFirst().end <= end) {
                marks.removeFirst();
            }
        }
        return end;
    }

    private SocketCredentials senderAt(long position) {
        for (Mark mark : marks) {
            if (mark.start <= position && position < mark.end && mark.ancillary.credentials() != null) {
                return mark.ancillary.credentials();
            }
        }
        return SocketCredentials.UNKNOWN;
    }

    /** Where the sender may be another, after a position. */
    private long nextBound(long position) {
        for (Mark mark : marks) {
            if (mark.start > position) {
                return mark.start;
            }
            if (mark.end > position) {
                return mark.end;
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    int total() {
        return bytes.available();
    }

    @Override
    boolean isEmpty() {
        return bytes.available() == 0;
    }

    @Override
    int used() {
        return bytes.available();
    }

    @Override
    int capacity() {
        return bytes.capacity();
    }

    @Override
    void setCapacity(int size) {
        bytes.limit(size);
        wakeSenders();
    }

    @Override
    void discard() {
        List<Mark> dropped;
        synchronized (bytes.writeLock()) {
            synchronized (bytes.readLock()) {
                dropped = new ArrayList<>(marks);
                marks.clear();
                gone.clear();
                passUrgent();
                bytes.discard();
            }
        }
        dropped.forEach(mark -> mark.ancillary.discard());
    }

    @Override
    void collect(Consumer<SocketFile> sink) {
        synchronized (bytes.readLock()) {
            for (Mark mark : marks) {
                for (OpenFile file : mark.ancillary.files()) {
                    if (file instanceof SocketFile socket) {
                        sink.accept(socket);
                    }
                }
            }
        }
    }
}
