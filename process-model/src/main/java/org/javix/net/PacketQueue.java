package org.javix.net;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.javix.vfs.FileOwner;
import org.javix.vfs.OpenFile;
import org.javix.vfs.WaitQueue;

/** Messages with bounds: the inbox of a datagram socket, or one direction of a connection that keeps bounds. */
final class PacketQueue extends ReceiveQueue {
    /** What a message costs beside its bytes, about as on Linux, so that empty ones are limited too. */
    private static final int OVERHEAD = 256;

    private static final int HEADER = 320;

    private record Packet(byte[] bytes, Supplier<byte[]> sender, Ancillary ancillary, Arrival arrival, int cost) {}

    private final BufferMemory memory;
    // Guarded by this, with what follows.
    private final ArrayDeque<Packet> packets = new ArrayDeque<>(4);
    private int used;
    private boolean closed;
    private volatile int capacity;
    // How many messages there may be; see UnixDatagramSocket.
    private volatile int most = Integer.MAX_VALUE;

    PacketQueue(int capacity, BufferMemory memory, WaitQueue readable, WaitQueue writable) {
        super(readable, writable);
        this.capacity = capacity;
        this.memory = memory;
    }

    /** What a message of {@code length} bytes takes of the capacity. */
    static int cost(long length) {
        int size = (int) length + HEADER;
        return OVERHEAD + (size <= 4096 ? Integer.highestOneBit(size * 2 - 1) : size + 4095 & ~4095);
    }

    @Override
    int put(SocketMessage message, long from, Ancillary ancillary) {
        return put(message, null, ancillary, most, capacity);
    }

    /**
     * Adds a message.
     *
     * @param sender tells the sender's address, or null, when the message is received; null where no address is told
     * @param mostPackets how many messages may be there before it
     * @param limit of what those may cost
     */
    int put(SocketMessage message, Supplier<byte[]> sender, Ancillary ancillary, int mostPackets, int limit) {
        int cost = cost(message.length);
        synchronized (this) {
            if (closed || packets.size() > mostPackets || used >= limit) {
                return FULL;
            }
            if (!memory.take(cost)) {
                return NO_MEMORY;
            }
            byte[] bytes = new byte[(int) message.length];
            MemorySegment.copy(message.buffer, ValueLayout.JAVA_BYTE, message.at, bytes, 0, bytes.length);
            packets.add(new Packet(bytes, sender, ancillary, message.arrival(), cost));
            used += cost;
        }
        readable.wakeAll(FileOwner.POLL_IN);
        return (int) message.length;
    }

    @Override
    synchronized long take(SocketMessage into, long done, boolean passesCredentials) {
        boolean peeks = into.has(SocketMessage.MSG_PEEK);
        Packet packet = packets.peekFirst();
        if (packet == null) {
            return EMPTY;
        }
        int length = packet.bytes.length;
        int count = (int) Math.min(length, into.length);
        MemorySegment.copy(packet.bytes, 0, into.buffer, ValueLayout.JAVA_BYTE, into.at, count);
        into.setComplete();
        into.setAddress(packet.sender == null ? null : packet.sender.get());
        into.setArrival(packet.arrival);
        into.setResultFlags(count < length ? SocketMessage.MSG_TRUNC : 0);
        Ancillary ancillary = packet.ancillary;
        if (passesCredentials) {
            into.setCredentials(ancillary == null || ancillary.credentials() == null
                    ? SocketCredentials.UNKNOWN
                    : ancillary.credentials());
        }
        if (ancillary != null) {
            into.setFiles(peeks ? ancillary.peekFiles() : ancillary.takeFiles());
        }
        if (!peeks) {
            packets.removeFirst();
            used -= packet.cost;
            memory.give(packet.cost);
            if (packets.size() <= most) {
                taken(used, packet.cost);
            }
            if (packets.size() == most) {
                wakeSenders();
            }
        }
        return into.has(SocketMessage.MSG_TRUNC) ? length : count;
    }

    /** Limits the number of messages, beside what they cost: senders wait while there are more than that. */
    void setMost(int count) {
        most = count;
    }

    /** Whether more messages are there than {@link #setMost} says. */
    synchronized boolean isCrowded() {
        return packets.size() > most;
    }

    /** The bytes of the first message. */
    synchronized int available() {
        Packet packet = packets.peekFirst();
        return packet == null ? 0 : packet.bytes.length;
    }

    /** The bytes of all messages. */
    @Override
    synchronized int total() {
        return packets.stream().mapToInt(packet -> packet.bytes.length).sum();
    }

    @Override
    synchronized boolean isEmpty() {
        return packets.isEmpty();
    }

    @Override
    synchronized int used() {
        return used;
    }

    @Override
    int capacity() {
        return capacity;
    }

    @Override
    void setCapacity(int size) {
        capacity = size;
        wakeSenders();
    }

    @Override
    void discard() {
        List<Packet> dropped;
        synchronized (this) {
            closed = true;
            dropped = new ArrayList<>(packets);
            packets.clear();
            memory.give(used);
            used = 0;
        }
        for (Packet packet : dropped) {
            if (packet.ancillary != null) {
                packet.ancillary.discard();
            }
        }
    }

    @Override
    synchronized void collect(Consumer<SocketFile> sink) {
        for (Packet packet : packets) {
            if (packet.ancillary != null) {
                for (OpenFile file : packet.ancillary.files()) {
                    if (file instanceof SocketFile socket) {
                        sink.accept(socket);
                    }
                }
            }
        }
    }
}
