package org.javix.net;

import static org.javix.net.SocketFile.AF_INET;
import static org.javix.net.SocketFile.AF_INET6;
import static org.javix.net.SocketFile.AF_UNIX;
import static org.javix.net.SocketFile.SOCK_DGRAM;
import static org.javix.net.SocketFile.SOCK_STREAM;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.javix.vfs.Result;

/**
 * What {@code /proc/net} tells of the sockets and of the one interface, in Linux's formats.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
public final class SocketTables {
    private static final int ESTABLISHED = 1;
    private static final int CLOSED = 7;
    private static final int LISTENS = 10;
    private static final int UNIX_UNCONNECTED = 1;
    private static final int UNIX_CONNECTED = 3;
    private static final int UNIX_ACCEPTS = 1 << 16;

    /** The lines of IPv4's tables are as long as the longest. */
    private static final int TCP_LINE = 149;

    private static final int UDP_LINE = 127;

    private static final String DEVICES = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
            """;

    /**
     * A socket that is open.
     *
     * @param uid the user of a process that has it open
     */
    public record Open(SocketFile socket, int uid) {}

    private SocketTables() {}

    /** What each file holds, by name, where so many sockets are open. */
    public static Map<String, Function<List<Open>, String>> files() {
        Map<String, Function<List<Open>, String>> files = new TreeMap<>();
        files.put("arp", open -> "IP address       HW type     Flags       HW address            Mask     Device\n");
        files.put("dev", open -> DEVICES);
        files.put("if_inet6", open -> "00000000000000000000000000000001 01 80 10 80       lo\n");
        files.put("route", open -> padded("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT", UDP_LINE));
        files.put("tcp", open -> internet(open, AF_INET, SOCK_STREAM));
        files.put("tcp6", open -> internet(open, AF_INET6, SOCK_STREAM));
        files.put("udp", open -> internet(open, AF_INET, SOCK_DGRAM));
        files.put("udp6", open -> internet(open, AF_INET6, SOCK_DGRAM));
        files.put("unix", SocketTables::unix);
        return files;
    }

    private static String padded(String line, int length) {
        return line + " ".repeat(Math.max(0, length - line.length())) + "\n";
    }

    private static String internet(List<Open> open, int domain, int type) {
        boolean stream = type == SOCK_STREAM;
        boolean wide = domain == AF_INET6;
        String first = (stream || wide ? "  sl  local_address" : "   sl  local_address")
                + (wide ? " ".repeat(25) + "remote_address" + " ".repeat(24) : " rem_address   ")
                + "st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode" + (stream ? "" : " ref pointer drops");
        int length = wide ? 0 : stream ? TCP_LINE : UDP_LINE;
        StringBuilder text = new StringBuilder(padded(first, length));
        List<Open> told = new ArrayList<>();
        for (Open one : open) {
            if (one.socket.domain() == domain && one.socket.type() == type && port(one.socket.localAddress()) != 0) {
                told.add(one);
            }
        }
        for (int i = 0; i < told.size(); i++) {
            text.append(padded(line(i, told.get(i), stream), length));
        }
        return text.toString();
    }

    private static String line(int number, Open open, boolean stream) {
        SocketFile socket = open.socket;
        Result<byte[]> peer = socket.peerAddress();
        int state = socket.listens() ? LISTENS : peer.isFailure() ? CLOSED : ESTABLISHED;
        byte[] local = socket.localAddress();
        byte[] remote = peer.isFailure() ? new byte[local.length] : peer.value();
        return (stream ? "%4d" : "%5d").formatted(number)
                + ": %s %s %02X %08X:%08X 00:00000000 00000000 %5d        0 %d ".formatted(
                        address(local), address(remote), state, Math.max(0, socket.sent()), Math.max(0, socket.received()),
                        open.uid, socket.number())
                + (stream ? "1 0000000000000000 100 0 0 10 0" : "2 0000000000000000 0");
    }

    private static int port(byte[] sockaddr) {
        return ByteBuffer.wrap(sockaddr).getShort(2) & 0xffff;
    }

    /** Words of the network's order, as numbers of this machine's, and the port. */
    private static String address(byte[] sockaddr) {
        ByteBuffer bytes = ByteBuffer.wrap(sockaddr).order(ByteOrder.LITTLE_ENDIAN);
        boolean wide = sockaddr.length > 16;
        StringBuilder text = new StringBuilder();
        for (int at = wide ? 8 : 4; at < (wide ? 24 : 8); at += 4) {
            text.append("%08X".formatted(bytes.getInt(at)));
        }
        return text + ":%04X".formatted(port(sockaddr));
    }

    private static String unix(List<Open> open) {
        StringBuilder text = new StringBuilder("Num       RefCount Protocol Flags    Type St Inode Path\n");
        for (Open one : open) {
            SocketFile socket = one.socket;
            if (socket.domain() != AF_UNIX) {
                continue;
            }
            int state = socket.peerAddress().isFailure() ? UNIX_UNCONNECTED : UNIX_CONNECTED;
            byte[] address = socket.localAddress();
            String name = address.length <= UnixAddress.FAMILY_SIZE ? "" : " " + UnixAddress.name(address).replace('\0', '@');
            text.append("0000000000000000: %08X %08X %08X %04X %02X %5d%s\n".formatted(
                    state == UNIX_CONNECTED ? 3 : 2, 0, socket.listens() ? UNIX_ACCEPTS : 0, socket.type(), state,
                    socket.number(), name));
        }
        return text.toString();
    }
}
