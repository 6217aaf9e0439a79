package org.javix.wasi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Tells the sockets of one program when the host has something for them. One thread waits for all of them, and ends when
 * the last is closed.
 *
 * <p>A socket first tries what it is asked for, and only then says what it waits for: it is told once, and has to ask
 * again. What has come in between is not missed, since a selector looks at the state and not at its changes. Thread-safe.
 */
final class HostSelector {
    private final Selector selector;

    /** How many sockets there are. Guarded by this. */
    private int sockets;

    HostSelector() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a socket, which is told of nothing yet. */
    synchronized SelectionKey add(SelectableChannel channel, HostSocket socket) {
        try {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, 0, socket);
            if (sockets++ == 0) {
                Thread.ofPlatform().daemon().name("javix-wasi-sockets").start(this::select);
            }
            return key;
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the socket is closed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a socket. */
    synchronized void remove(SelectionKey key) {
        key.cancel();
        if (--sockets == 0) {
            try {
                selector.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            selector.wakeup();
        }
    }

    /** Has a socket told when one of these operations can be tried again. */
    void await(SelectionKey key, int operations) {
        try {
            key.interestOpsOr(operations);
            selector.wakeup();
        } catch (CancelledKeyException e) {
            // It is being closed: nothing will happen to it any more.
        }
    }

    private void select() {
        try {
            while (selector.isOpen()) {
                selector.select(HostSelector::tell);
            }
        } catch (ClosedSelectorException e) {
            // The last socket was closed a moment ago.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(SelectionKey key) {
        try {
            int ready = key.readyOps();
            key.interestOpsAnd(~ready);
            ((HostSocket) key.attachment()).ready(ready);
        } catch (CancelledKeyException e) {
            // It is being closed, and nobody waits for it.
        }
    }
}
