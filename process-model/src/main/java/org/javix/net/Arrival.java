package org.javix.net;

import java.util.ArrayList;
import java.util.List;

/**
 * How a datagram came: what a receiver that asked for it is told beside the message.
 *
 * @param to where it was sent
 * @param hops how many hops it had left: none is taken on a loopback
 * @param trafficClass its type of service, or traffic class
 * @param micros when it came, in microseconds since 1970
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3542">RFC 3542</a>
 */
record Arrival(InternetAddress to, int hops, int trafficClass, long micros) {
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_PKTINFO = 8;
    private static final int IP_RECVTTL = 12;
    private static final int IP_RECVTOS = 13;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int IPV6_RECVTCLASS = 66;
    private static final int IPV6_TCLASS = 67;
    private static final long MICROS = 1_000_000;

    /** What a socket of a family with these options is told, in Linux's order. */
    List<ControlMessage> told(int family, SocketOptions options, InternetOptions own) {
        List<ControlMessage> told = new ArrayList<>(2);
        if (options.is(SocketOptions.SO_TIMESTAMPNS)) {
            byte[] time = SocketOptions.buffer(16).putLong(micros / MICROS).putInt((int) (micros % MICROS) * 1000).array();
            told.add(new ControlMessage(SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPNS, time));
        } else if (options.is(SocketOptions.SO_TIMESTAMP)) {
            byte[] time = SocketOptions.buffer(16).putLong(micros / MICROS).putLong(micros % MICROS).array();
            told.add(new ControlMessage(SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMP, time));
        }
        if (family == SocketFile.AF_INET) {
            addFourth(told, own);
        } else {
            addSixth(told, own);
        }
        return told;
    }

    private void addFourth(List<ControlMessage> told, InternetOptions own) {
        int level = InternetOptions.IPPROTO_IP;
        if (own.has(level, IP_PKTINFO)) {
            // The interface, its own address, and the one in the message.
            InternetAddress local = to.isMulticast() ? to.loopback() : to;
            byte[] data = SocketOptions.buffer(12).putInt(NetworkInterface.INDEX)
                    .putInt(Integer.reverseBytes((int) local.low())).putInt(Integer.reverseBytes((int) to.low())).array();
            told.add(new ControlMessage(level, IP_PKTINFO, data));
        }
        if (own.has(level, IP_RECVTTL)) {
            told.add(new ControlMessage(level, IP_TTL, SocketOptions.integer(hops)));
        }
        if (own.has(level, IP_RECVTOS)) {
            told.add(new ControlMessage(level, IP_TOS, new byte[] {(byte) trafficClass}));
        }
    }

    private void addSixth(List<ControlMessage> told, InternetOptions own) {
        int level = InternetOptions.IPPROTO_IPV6;
        if (own.has(level, IPV6_RECVPKTINFO)) {
            byte[] data = SocketOptions.buffer(20).putLong(Long.reverseBytes(to.high())).putLong(Long.reverseBytes(to.low()))
                    .putInt(NetworkInterface.INDEX).array();
            told.add(new ControlMessage(level, IPV6_PKTINFO, data));
        }
        if (own.has(level, IPV6_RECVHOPLIMIT)) {
            told.add(new ControlMessage(level, IPV6_HOPLIMIT, SocketOptions.integer(hops)));
        }
        if (own.has(level, IPV6_RECVTCLASS)) {
            told.add(new ControlMessage(level, IPV6_TCLASS, SocketOptions.integer(trafficClass)));
        }
    }
}
