package org.javix.net;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The one network interface of a sandbox, its loopback, as the ioctls of a socket tell of it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netdevice.7.html">netdevice(7)</a>
 */
final class NetworkInterface {
    static final String NAME = "lo";
    static final int INDEX = 1;
    /** ARPHRD_LOOPBACK. */
    static final int HARDWARE = 772;
    /** IFF_UP, IFF_LOOPBACK, IFF_RUNNING. */
    static final int FLAGS = 1 | 8 | 0x40;
    /** The most bytes of a packet. */
    static final int MTU = 65_536;
    /** How many packets may wait to be sent. */
    static final int QUEUE = 1000;

    private static final int SIOCGIFNAME = 0x8910;
    private static final int SIOCGIFCONF = 0x8912;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCGIFADDR = 0x8915;
    private static final int SIOCGIFDSTADDR = 0x8917;
    private static final int SIOCGIFBRDADDR = 0x8919;
    private static final int SIOCGIFNETMASK = 0x891B;
    private static final int SIOCGIFMETRIC = 0x891D;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCGIFHWADDR = 0x8927;
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int SIOCGIFTXQLEN = 0x8942;

    /** A {@code struct ifreq}: the name, then a union. */
    private static final int NAME_SIZE = 16;

    private static final int REQUEST_SIZE = 32;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] MASK = {(byte) 255, 0, 0, 0};
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private NetworkInterface() {}

    /**
     * Answers a request.
     *
     * @param domain the family of the socket that is asked: addresses are told by those of IPv4
     * @return 0, -EFAULT, -ENODEV; -ENOTTY for what is no question about interfaces
     */
    static int ioctl(int domain, int request, MemorySegment memory, long argument) {
        switch (request) {
            case SIOCGIFADDR, SIOCGIFDSTADDR, SIOCGIFBRDADDR, SIOCGIFNETMASK -> {
                if (domain != SocketFile.AF_INET) {
                    return -ENOTTY;
                }
            }
            case SIOCGIFNAME, SIOCGIFCONF, SIOCGIFFLAGS, SIOCGIFMETRIC, SIOCGIFMTU, SIOCGIFHWADDR, SIOCGIFINDEX,
                    SIOCGIFTXQLEN -> {}
            default -> {
                return -ENOTTY;
            }
        }
        if (request == SIOCGIFCONF) {
            return list(memory, argument);
        }
        if (argument < 0 || argument > memory.byteSize() - REQUEST_SIZE) {
            return -EFAULT;
        }
        MemorySegment asked = memory.asSlice(argument, REQUEST_SIZE);
        if (request == SIOCGIFNAME) {
            if (asked.get(INT, NAME_SIZE) != INDEX) {
                return -ENODEV;
            }
            writeName(asked);
            return 0;
        }
        return NAME.equals(name(asked)) ? answer(request, asked) : -ENODEV;
    }

    private static int answer(int request, MemorySegment asked) {
        switch (request) {
            case SIOCGIFFLAGS -> asked.set(SHORT, NAME_SIZE, (short) FLAGS);
            case SIOCGIFADDR, SIOCGIFDSTADDR -> writeAddress(asked, LOOPBACK);
            case SIOCGIFBRDADDR -> writeAddress(asked, new byte[4]);
            case SIOCGIFNETMASK -> writeAddress(asked, MASK);
            case SIOCGIFMETRIC -> asked.set(INT, NAME_SIZE, 0);
            case SIOCGIFMTU -> asked.set(INT, NAME_SIZE, MTU);
            case SIOCGIFHWADDR -> {
                asked.asSlice(NAME_SIZE).fill((byte) 0);
                asked.set(SHORT, NAME_SIZE, (short) HARDWARE);
            }
            case SIOCGIFINDEX -> asked.set(INT, NAME_SIZE, INDEX);
            case SIOCGIFTXQLEN -> asked.set(INT, NAME_SIZE, QUEUE);
            default -> {
                return -ENOTTY;
            }
        }
        return 0;
    }

    /** SIOCGIFCONF: a {@code struct ifconf} of a size and an address, where a null address asks for the size alone. */
    private static int list(MemorySegment memory, long argument) {
        if (argument < 0 || argument > memory.byteSize() - 8) {
            return -EFAULT;
        }
        int room = memory.get(INT, argument);
        long at = Integer.toUnsignedLong(memory.get(INT, argument + 4));
        int length = REQUEST_SIZE;
        if (at != 0) {
            length = room < REQUEST_SIZE ? 0 : REQUEST_SIZE;
            if (at > memory.byteSize() - length) {
                return -EFAULT;
            }
            if (length > 0) {
                MemorySegment entry = memory.asSlice(at, REQUEST_SIZE);
                writeName(entry);
                writeAddress(entry, LOOPBACK);
            }
        }
        memory.set(INT, argument, length);
        return 0;
    }

    private static String name(MemorySegment asked) {
        byte[] bytes = asked.asSlice(0, NAME_SIZE).toArray(BYTE);
        int end = 0;
        while (end < NAME_SIZE - 1 && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static void writeName(MemorySegment request) {
        request.asSlice(0, NAME_SIZE).fill((byte) 0);
        MemorySegment.copy(NAME.getBytes(StandardCharsets.US_ASCII), 0, request, BYTE, 0, NAME.length());
    }

    private static void writeAddress(MemorySegment request, byte[] address) {
        request.asSlice(NAME_SIZE).fill((byte) 0);
        request.set(SHORT, NAME_SIZE, (short) SocketFile.AF_INET);
        MemorySegment.copy(address, 0, request, BYTE, NAME_SIZE + 4, address.length);
    }
}
