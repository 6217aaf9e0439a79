package org.javix.net;

import java.nio.charset.StandardCharsets;

/** A {@code struct sockaddr_un}: two bytes of family, then up to 108 of a path or, after a zero, of an abstract name. */
final class UnixAddress {
    static final int FAMILY_SIZE = 2;

    /** Of a socket that has no name. */
    static final byte[] UNNAMED = {SocketFile.AF_UNIX, 0};

    private static final int PATH_SIZE = 108;

    private UnixAddress() {}

    /** Whether it is one, with a name. */
    static boolean isValid(byte[] address) {
        return address.length > FAMILY_SIZE && isShortEnough(address) && family(address) == SocketFile.AF_UNIX;
    }

    static boolean isShortEnough(byte[] address) {
        return address.length <= FAMILY_SIZE + PATH_SIZE;
    }

    /** The family that an address of any kind says it is of; -1 for one that is too short. */
    static int family(byte[] address) {
        return address.length < FAMILY_SIZE ? -1 : address[0] & 0xff | (address[1] & 0xff) << 8;
    }

    static boolean isAbstract(byte[] address) {
        return address[FAMILY_SIZE] == 0;
    }

    /** An abstract name or path, one char per byte; a path ends before its first zero. */
    static String name(byte[] address) {
        int end = address.length;
        if (!isAbstract(address)) {
            for (end = FAMILY_SIZE; end < address.length && address[end] != 0; ) {
                end++;
            }
        }
        return new String(address, FAMILY_SIZE, end - FAMILY_SIZE, StandardCharsets.ISO_8859_1);
    }

    /** The address of an abstract name, which begins with a zero. */
    static byte[] ofAbstract(String name) {
        return of(name);
    }

    /** The address of a path, as it is told: with a zero at the end. */
    static byte[] ofPath(String path) {
        return of(path + "\0");
    }

    private static byte[] of(String name) {
        byte[] address = new byte[FAMILY_SIZE + name.length()];
        address[0] = SocketFile.AF_UNIX;
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, address, FAMILY_SIZE, bytes.length);
        return address;
    }
}
