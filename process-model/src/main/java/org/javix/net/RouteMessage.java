package org.javix.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of rtnetlink in the making: a {@code struct nlmsghdr}, a structure, and attributes, each aligned to four bytes.
 * Used by one thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
 */
final class RouteMessage {
    /** The size of a {@code struct nlmsghdr}: length, type, flags, sequence, port. */
    static final int HEADER = 16;

    private static final int MOST = 1024;

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_NEWADDR = 20;

    // Attributes of an interface.
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_BROADCAST = 2;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_QDISC = 6;
    private static final int IFLA_STATS = 7;
    private static final int IFLA_TXQLEN = 13;
    private static final int IFLA_OPERSTATE = 16;
    private static final int IFLA_LINKMODE = 17;
    /** IFF_LOWER_UP, which only netlink tells. */
    private static final int LOWER_UP = 0x1_0000;
    /** The size of a {@code struct rtnl_link_stats}: nothing is counted. */
    private static final int STATISTICS = 92;

    // Attributes of an address.
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_LABEL = 3;
    private static final int IFA_CACHEINFO = 6;
    private static final int IFA_FLAGS = 8;
    private static final int IFA_F_PERMANENT = 0x80;
    private static final int RT_SCOPE_HOST = 254;

    private final ByteBuffer bytes = ByteBuffer.allocate(MOST).order(ByteOrder.LITTLE_ENDIAN);

    RouteMessage(int type, int flags, int sequence, int port) {
        bytes.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(port);
    }

    /** Tells of the loopback interface: a {@code struct ifinfomsg} with attributes. */
    static RouteMessage link(int flags, int sequence, int port) {
        RouteMessage message = new RouteMessage(RTM_NEWLINK, flags, sequence, port);
        message.bytes.putShort((short) 0).putShort((short) NetworkInterface.HARDWARE);
        return message.integer(NetworkInterface.INDEX)
                .integer(NetworkInterface.FLAGS | LOWER_UP)
                .integer(0)
                .attribute(IFLA_IFNAME, text(NetworkInterface.NAME))
                .attribute(IFLA_TXQLEN, SocketOptions.integer(NetworkInterface.QUEUE))
                .attribute(IFLA_OPERSTATE, (byte) 0)
                .attribute(IFLA_LINKMODE, (byte) 0)
                .attribute(IFLA_MTU, SocketOptions.integer(NetworkInterface.MTU))
                .attribute(IFLA_QDISC, text("noqueue"))
                .attribute(IFLA_ADDRESS, new byte[6])
                .attribute(IFLA_BROADCAST, new byte[6])
                .attribute(IFLA_STATS, new byte[STATISTICS]);
    }

    /** Tells of the loopback's address of a family: a {@code struct ifaddrmsg} with attributes. */
    static RouteMessage address(int family, int flags, int sequence, int port) {
        RouteMessage message = new RouteMessage(RTM_NEWADDR, flags, sequence, port);
        boolean fourth = family == SocketFile.AF_INET;
        byte[] address = fourth ? new byte[] {127, 0, 0, 1} : new byte[16];
        address[address.length - 1] = 1;
        message.bytes.put((byte) family).put((byte) (fourth ? 8 : 128)).put((byte) IFA_F_PERMANENT).put((byte) RT_SCOPE_HOST);
        message.integer(NetworkInterface.INDEX).attribute(IFA_ADDRESS, address);
        if (fourth) {
            message.attribute(IFA_LOCAL, address).attribute(IFA_LABEL, text(NetworkInterface.NAME));
        }
        // How long it is preferred and valid: for ever.
        byte[] times = SocketOptions.buffer(16).putInt(-1).putInt(-1).array();
        return message.attribute(IFA_FLAGS, SocketOptions.integer(IFA_F_PERMANENT)).attribute(IFA_CACHEINFO, times);
    }

    private static byte[] text(String value) {
        return (value + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    RouteMessage integer(int value) {
        bytes.putInt(value);
        return this;
    }

    RouteMessage bytes(ByteBuffer value) {
        // Longer ones are cut: a request that is told back in an error.
        bytes.put(value.slice(0, Math.min(value.limit(), MOST / 2)));
        return this;
    }

    private RouteMessage attribute(int type, byte... value) {
        bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value).position(bytes.position() + 3 & ~3);
        return this;
    }

    /** Writes it to a packet, with its length. */
    void writeTo(ByteArrayOutputStream packet) {
        int length = bytes.position();
        packet.write(bytes.putInt(0, length).array(), 0, length + 3 & ~3);
    }
}
