package org.javix.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address and a port of IPv6, or of IPv4 as IPv6 maps it ({@code ::ffff:a.b.c.d}).
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 * @param port 0 to 65,535
 * @param scope the interface of a link-local address, else 0
 */
record InternetAddress(long high, long low, int port, int scope) {
    private static final int SIZE_4 = 16;
    private static final int SIZE_6 = 28;
    /** What an IPv6 address must have at least: all but the scope. */
    private static final int LEAST_6 = 24;

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long LOOPBACK_4 = MAPPED | 0x7f00_0001;

    /** 0.0.0.0. */
    static final InternetAddress ANY_4 = new InternetAddress(0, MAPPED, 0, 0);

    /** {@code ::}. */
    static final InternetAddress ANY_6 = new InternetAddress(0, 0, 0, 0);

    /** Whether so many bytes hold an address of a family. */
    static boolean isLongEnough(byte[] address, int family) {
        return address.length >= (family == SocketFile.AF_INET ? SIZE_4 : LEAST_6);
    }

    /** Reads a {@code struct sockaddr_in} or {@code sockaddr_in6}, which is long enough. */
    static InternetAddress of(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        int port = bytes.getShort(2) & 0xffff;
        if (UnixAddress.family(address) == SocketFile.AF_INET) {
            return new InternetAddress(0, MAPPED | bytes.getInt(4) & 0xffff_ffffL, port, 0);
        }
        int scope = address.length >= SIZE_6 ? Integer.reverseBytes(bytes.getInt(24)) : 0;
        return new InternetAddress(bytes.getLong(8), bytes.getLong(16), port, scope);
    }

    /** An address of the host. */
    static InternetAddress of(InetAddress address, int port) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new InternetAddress(0, MAPPED | buffer.getInt(0) & 0xffff_ffffL, port, 0)
                : new InternetAddress(buffer.getLong(0), buffer.getLong(8), port, 0);
    }

    /** As an address of the host; no name is looked up. */
    InetAddress toHost() {
        byte[] bytes = isV4()
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** The structure that a socket of this family tells. */
    byte[] toBytes(int family) {
        ByteBuffer bytes = ByteBuffer.allocate(family == SocketFile.AF_INET ? SIZE_4 : SIZE_6);
        bytes.put(0, (byte) family).putShort(2, (short) port);
        if (family == SocketFile.AF_INET) {
            bytes.putInt(4, (int) low);
        } else {
            bytes.putLong(8, high).putLong(16, low).putInt(24, Integer.reverseBytes(scope));
        }
        return bytes.array();
    }

    /** Whether it is one of IPv4. */
    boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Whether it stands for every address of its family. */
    boolean isAny() {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    /** Whether it is 127.0.0.0/8 or {@code ::1}. */
    boolean isLoopback() {
        return isV4() ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
    }

    boolean isMulticast() {
        return isV4() ? (low >>> 28 & 0xf) == 0xe : high >>> 56 == 0xff;
    }

    /** Whether it is 255.255.255.255, or that of the loopback's network. */
    boolean isBroadcast() {
        return isV4() && ((int) low == -1 || (int) low == 0x7fff_ffff);
    }

    InternetAddress withPort(int other) {
        return new InternetAddress(high, low, other, scope);
    }

    /** The loopback's address of the same family and port. */
    InternetAddress loopback() {
        return new InternetAddress(0, isV4() ? LOOPBACK_4 : 1, port, 0);
    }

    boolean hasAddressOf(InternetAddress other) {
        return high == other.high && low == other.low;
    }
}
