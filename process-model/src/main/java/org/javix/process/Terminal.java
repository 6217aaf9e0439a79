package org.javix.process;

/** A pseudo-terminal: a pair of ends with a line discipline between them. */
public final class Terminal {
    void leaderEnded(Session session) {}
}
