package org.javix.net;

/**
 * What is told beside a message: a {@code struct cmsghdr} without its length.
 *
 * @param level SOL_SOCKET or a protocol
 * @param type one of the level's
 * @param data in the guest's layout
 */
public record ControlMessage(int level, int type, byte[] data) {}
