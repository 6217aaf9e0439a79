package org.javix.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import picocli.CommandLine.TypeConversionException;

/**
 * A socket that listens on a port of the host's, for a WASI program: {@code [ADDRESS:]PORT}.
 *
 * @param address null for the loopback interface
 */
record ListenOption(String address, int port) {
    private static final int MAX_PORT = 65535;

    /**
     * Reads the option's text, without looking names up; an address of version 6 stands in brackets.
     *
     * @throws TypeConversionException if it is none
     */
    static ListenOption parse(String text) {
        int colon = text.lastIndexOf(':');
        String address = colon < 0 ? null : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT || "".equals(address)) {
            throw new TypeConversionException("'" + text + "' is not [ADDRESS:]PORT");
        }
        return new ListenOption(address, Integer.parseInt(port));
    }

    ServerSocketChannel open() {
        try {
            InetAddress where = address == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
            ServerSocketChannel socket = ServerSocketChannel.open();
            try {
                return socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(new InetSocketAddress(where, port));
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot listen on the host's port " + port + ": " + e.getMessage());
        }
    }
}
