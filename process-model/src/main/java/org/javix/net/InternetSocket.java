package org.javix.net;

/** A socket of TCP or UDP, as {@link InternetPorts} sees it. */
interface InternetSocket {
    /** Whether it listens. */
    boolean listens();

    /** Whether a switch at the level SOL_SOCKET is on. */
    boolean is(int option);

    /** Whether it receives from one address only, so that it gets what comes from there before others. */
    boolean isConnectedTo();
}
