package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.javix.process.Deadline;
import org.javix.vfs.Credentials;
import org.javix.vfs.Result;

/**
 * The options of a socket at the level SOL_SOCKET that are values and no more, with Linux's numbers, defaults and
 * bounds. Thread-safe.
 */
final class SocketOptions {
    static final int SOL_SOCKET = 1;

    static final int SO_DEBUG = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_TYPE = 3;
    static final int SO_ERROR = 4;
    static final int SO_BROADCAST = 6;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_KEEPALIVE = 9;
    static final int SO_OOBINLINE = 10;
    static final int SO_PRIORITY = 12;
    static final int SO_LINGER = 13;
    static final int SO_REUSEPORT = 15;
    static final int SO_PASSCRED = 16;
    static final int SO_PEERCRED = 17;
    static final int SO_RCVLOWAT = 18;
    static final int SO_SNDLOWAT = 19;
    static final int SO_RCVTIMEO = 20;
    static final int SO_SNDTIMEO = 21;
    static final int SO_TIMESTAMP = 29;
    static final int SO_BINDTODEVICE = 25;
    static final int SO_ACCEPTCONN = 30;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_TIMESTAMPNS = 35;
    static final int SO_MARK = 36;
    static final int SO_PROTOCOL = 38;
    static final int SO_DOMAIN = 39;
    static final int SO_BUSY_POLL = 46;
    static final int SO_MAX_PACING_RATE = 47;
    static final int SO_INCOMING_CPU = 49;
    static final int SO_COOKIE = 57;

    /** Switches that are kept, 0 or 1: SO_DEBUG, DONTROUTE, NO_CHECK, BSDCOMPAT, TIMESTAMP…, ZEROCOPY and those above. */
    private static final long SWITCHES = bits(1, 2, 5, 6, 9, 10, 11, 14, 15, 16, 29, 34, 35, 40, 60);

    static final int DEFAULT_BUFFER = 212_992;

    /** The most that may be asked for: {@code net.core.wmem_max}. */
    private static final int MAX_BUFFER = 212_992;

    private static final int MIN_SEND_BUFFER = 4608;
    private static final int MIN_RECEIVE_BUFFER = 2304;
    private static final long NANOS = 1_000_000_000;

    // Written under this.
    private volatile long switches;
    private volatile int sendBuffer = DEFAULT_BUFFER;
    private volatile int receiveBuffer = DEFAULT_BUFFER;
    private volatile long receiveTimeout;
    private volatile long sendTimeout;
    private volatile int receiveLow = 1;
    private volatile int priority;
    private volatile int mark;
    private volatile int busyPoll;
    private volatile int pacingRate = -1;
    private volatile int processor = -1;
    // The interface that it is bound to, with a zero; empty for none.
    private volatile byte[] device = {};
    private volatile boolean lingers;
    private volatile int lingerSeconds;

    private static long bits(int... numbers) {
        long bits = 0;
        for (int number : numbers) {
            bits |= 1L << number;
        }
        return bits;
    }

    /** Takes over what an accepted socket has from the one that listened. */
    synchronized void inherit(SocketOptions from) {
        switches = from.switches;
        sendBuffer = from.sendBuffer;
        receiveBuffer = from.receiveBuffer;
        receiveTimeout = from.receiveTimeout;
        sendTimeout = from.sendTimeout;
        receiveLow = from.receiveLow;
        priority = from.priority;
        mark = from.mark;
        busyPoll = from.busyPoll;
        pacingRate = from.pacingRate;
        device = from.device;
        lingers = from.lingers;
        lingerSeconds = from.lingerSeconds;
    }

    boolean is(int option) {
        return (switches & 1L << option) != 0;
    }

    int sendBuffer() {
        return sendBuffer;
    }

    int receiveBuffer() {
        return receiveBuffer;
    }

    void setBuffers(int send, int receive) {
        sendBuffer = send;
        receiveBuffer = receive;
    }

    /** How many bytes of a stream are worth waking up for: SO_RCVLOWAT, at least 1. */
    int receiveLow() {
        return receiveLow;
    }

    /** When a receiving call that begins now gives up. */
    long receiveDeadline() {
        return receiveTimeout == 0 ? Deadline.NONE : Deadline.after(receiveTimeout);
    }

    /** When a sending call that begins now gives up. */
    long sendDeadline() {
        return sendTimeout == 0 ? Deadline.NONE : Deadline.after(sendTimeout);
    }

    /** Whether closing cuts the connection: SO_LINGER with no time. */
    boolean cutsOff() {
        return lingers && lingerSeconds == 0;
    }

    /** The value of an option; null for one that is not here. */
    byte[] get(int option) {
        if (option < 64 && (SWITCHES & 1L << option) != 0) {
            return integer(is(option) ? 1 : 0);
        }
        return switch (option) {
            case SO_SNDBUF -> integer(sendBuffer);
            case SO_RCVBUF -> integer(receiveBuffer);
            case SO_PRIORITY -> integer(priority);
            case SO_LINGER -> buffer(8).putInt(lingers ? 1 : 0).putInt(lingerSeconds).array();
            case SO_RCVLOWAT -> integer(receiveLow);
            case SO_SNDLOWAT -> integer(1);
            case SO_RCVTIMEO -> time(receiveTimeout);
            case SO_SNDTIMEO -> time(sendTimeout);
            case SO_MARK -> integer(mark);
            case SO_BUSY_POLL -> integer(busyPoll);
            case SO_MAX_PACING_RATE -> integer(pacingRate);
            case SO_INCOMING_CPU -> integer(processor);
            case SO_BINDTODEVICE -> device.clone();
            default -> null;
        };
    }

    /** Sets an option: 0, -EDOM, -EINVAL, -ENOPROTOOPT, -EPERM. */
    synchronized int set(Credentials who, int option, byte[] value) {
        if (option == SO_BINDTODEVICE) {
            return setDevice(value);
        }
        if (value.length < 4) {
            return -EINVAL;
        }
        int number = integer(value);
        if (option == SO_DEBUG && number != 0 && !who.isRoot()) {
            return -EACCES;
        }
        if (option < 64 && (SWITCHES & 1L << option) != 0) {
            switches = number == 0 ? switches & ~(1L << option) : switches | 1L << option;
            return 0;
        }
        switch (option) {
            case SO_SNDBUF -> sendBuffer = bufferSize(number, MIN_SEND_BUFFER, MAX_BUFFER);
            case SO_RCVBUF -> receiveBuffer = bufferSize(number, MIN_RECEIVE_BUFFER, MAX_BUFFER);
            case SO_SNDBUFFORCE, SO_RCVBUFFORCE -> {
                if (!who.isRoot()) {
                    return -EPERM;
                }
                // The sandbox's limit stays one.
                return set(who, option == SO_SNDBUFFORCE ? SO_SNDBUF : SO_RCVBUF, value);
            }
            case SO_PRIORITY -> {
                if ((number < 0 || number > 6) && !who.isRoot()) {
                    return -EPERM;
                }
                priority = number;
            }
            case SO_LINGER -> {
                if (value.length < 8) {
                    return -EINVAL;
                }
                lingers = number != 0;
                if (lingers) {
                    lingerSeconds = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
                }
            }
            case SO_RCVLOWAT -> receiveLow = number < 0 ? Integer.MAX_VALUE : Math.max(number, 1);
            case SO_RCVTIMEO, SO_SNDTIMEO -> {
                return setTimeout(option, value);
            }
            case SO_MARK -> {
                if (!who.isRoot()) {
                    return -EPERM;
                }
                mark = number;
            }
            case SO_BUSY_POLL -> {
                if (number < 0 || number > busyPoll && !who.isRoot()) {
                    return number < 0 ? -EINVAL : -EPERM;
                }
                busyPoll = number;
            }
            case SO_MAX_PACING_RATE -> pacingRate = number;
            case SO_INCOMING_CPU -> processor = number;
            default -> {
                return -ENOPROTOOPT;
            }
        }
        return 0;
    }

    /** Binds to the only interface, or, with an empty name, to none: 0, -ENODEV. */
    private int setDevice(byte[] value) {
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        String name = new String(value, 0, end, StandardCharsets.ISO_8859_1);
        if (!name.isEmpty() && !name.equals(NetworkInterface.NAME)) {
            return -ENODEV;
        }
        device = name.isEmpty() ? new byte[0] : Arrays.copyOf(value, end + 1);
        return 0;
    }

    private static int bufferSize(int asked, int least, int most) {
        int bounded = asked < 0 ? most : Math.min(asked, most);
        return Math.max(2 * bounded, least);
    }

    private int setTimeout(int option, byte[] value) {
        if (value.length < 16) {
            return -EINVAL;
        }
        ByteBuffer time = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long seconds = time.getLong(0);
        long micros = time.getLong(8);
        if (micros < 0 || micros >= 1_000_000) {
            return -EDOM;
        }
        // A negative time lets no call wait, a very long one is none.
        long nanos = seconds < 0 ? 1 : seconds >= Long.MAX_VALUE / NANOS - 1 ? 0 : seconds * NANOS + micros * 1000;
        if (option == SO_RCVTIMEO) {
            receiveTimeout = nanos;
        } else {
            sendTimeout = nanos;
        }
        return 0;
    }

    private static byte[] time(long nanos) {
        return buffer(16).putLong(nanos / NANOS).putLong(nanos % NANOS / 1000).array();
    }

    static byte[] integer(int value) {
        return buffer(4).putInt(value).array();
    }

    static int integer(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** As a result, with ENOPROTOOPT for null. */
    static Result<byte[]> result(byte[] value) {
        return value == null ? Result.failed(-ENOPROTOOPT) : Result.of(value);
    }
}
